create table if not exists rating_count (
    agency text not null,
    way text not null,
    month integer not null,
    score integer not null,
    reasons text not null,
    n integer not null,
    primary key (agency, month, way, score, reasons)
) strict, without rowid;
