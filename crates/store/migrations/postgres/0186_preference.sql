create table if not exists preference (
    account bytea not null primary key,
    mail bigint not null,
    sms bigint not null,
    muted text not null
);
