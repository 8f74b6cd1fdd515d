create table if not exists intake (
    month bigint not null,
    agency text not null,
    procedure text not null,
    level bigint not null,
    channel text not null,
    n bigint not null,
    primary key (month, agency, procedure, level, channel)
);
