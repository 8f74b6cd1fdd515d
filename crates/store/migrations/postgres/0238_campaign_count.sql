create table if not exists campaign_count (
    code text not null,
    month bigint not null,
    what text not null,
    n bigint not null,
    primary key (code, month, what)
);
