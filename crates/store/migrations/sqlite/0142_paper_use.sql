create table if not exists paper_use (
    month integer not null,
    agency text not null,
    papers integer not null,
    reused integer not null,
    primary key (month, agency)
) strict, without rowid;
