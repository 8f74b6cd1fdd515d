create table if not exists campaign (
    code text not null primary key,
    agency text not null,
    body text not null,
    at integer not null,
    by_name text not null
) strict, without rowid;
