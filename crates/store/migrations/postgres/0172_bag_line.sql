create table if not exists bag_line (
    bag text not null,
    number bigint not null,
    body text not null,
    hash bytea not null,
    primary key (bag, number)
);
