create table if not exists one_time_code (
    account bytea not null primary key,
    code bytea not null,
    expires_at bigint not null,
    tries bigint not null
);
