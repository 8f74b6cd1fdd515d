create table if not exists office_count (
    office text not null,
    month integer not null,
    status text not null,
    n integer not null,
    primary key (office, month, status)
) strict, without rowid;
