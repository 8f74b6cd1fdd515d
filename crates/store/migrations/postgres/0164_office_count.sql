create table if not exists office_count (
    office text not null,
    month bigint not null,
    status text not null,
    n bigint not null,
    primary key (office, month, status)
);
