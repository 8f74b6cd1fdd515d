create table if not exists history_import (
    id blob not null,
    name text not null,
    source text not null,
    hash blob not null,
    by_name text not null,
    at integer not null,
    primary key (id)
) strict, without rowid;
