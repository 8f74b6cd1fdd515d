create table if not exists seal (
    number bigint not null primary key,
    day bigint not null unique,
    dossiers bigint not null,
    lines bigint not null,
    hash bytea not null,
    sealed_at bigint not null
);
