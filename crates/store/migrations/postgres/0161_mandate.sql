create table if not exists mandate (
    id bytea not null primary key,
    principal bytea not null,
    holder text not null,
    state text not null,
    body text not null
);
