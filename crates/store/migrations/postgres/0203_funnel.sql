create table if not exists funnel (
    month bigint not null,
    procedure text not null,
    what text not null,
    channel text not null,
    device text not null,
    n bigint not null,
    primary key (month, procedure, what, channel, device)
);
