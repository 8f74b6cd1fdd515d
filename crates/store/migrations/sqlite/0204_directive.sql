create table if not exists directive (
    id blob not null primary key,
    body text not null,
    at integer not null,
    by_name text not null
) strict, without rowid;
