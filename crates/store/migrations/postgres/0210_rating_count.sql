create table if not exists rating_count (
    agency text not null,
    way text not null,
    month bigint not null,
    score bigint not null,
    reasons text not null,
    n bigint not null,
    primary key (agency, month, way, score, reasons)
);
