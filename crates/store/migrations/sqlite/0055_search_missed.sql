create table if not exists search_missed (
    words text not null primary key,
    n integer not null,
    last_day text not null
) strict, without rowid;
