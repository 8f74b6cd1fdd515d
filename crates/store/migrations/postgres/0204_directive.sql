create table if not exists directive (
    id bytea not null primary key,
    body text not null,
    at bigint not null,
    by_name text not null
);
