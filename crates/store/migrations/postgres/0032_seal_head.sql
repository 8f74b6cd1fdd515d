create table if not exists seal_head (
    one bigint not null primary key,
    number bigint not null,
    day bigint not null
);
