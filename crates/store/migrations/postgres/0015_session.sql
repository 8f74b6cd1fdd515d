create table if not exists session (
    token bytea not null primary key,
    account bytea not null,
    created_at bigint not null,
    expires_at bigint not null
);
