create table if not exists asking (
    agency text not null,
    month bigint not null,
    account bytea not null,
    name text not null,
    requests bigint not null,
    lacks bigint not null,
    again bigint not null,
    primary key (agency, month, account)
);
