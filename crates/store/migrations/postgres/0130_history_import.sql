create table if not exists history_import (
    id bytea not null,
    name text not null,
    source text not null,
    hash bytea not null,
    by_name text not null,
    at bigint not null,
    primary key (id)
);
