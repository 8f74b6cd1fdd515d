create table if not exists login (
    login text not null primary key,
    account bytea not null
);
