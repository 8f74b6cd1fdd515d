create table if not exists saved_view (
    account bytea not null,
    name text not null,
    query text not null,
    primary key (account, name)
);
