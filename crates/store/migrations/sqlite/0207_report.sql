create table if not exists report (
    agency text not null,
    id blob not null,
    period text not null,
    body text not null,
    at integer not null,
    by_name text not null,
    primary key (agency, id)
) strict, without rowid;
