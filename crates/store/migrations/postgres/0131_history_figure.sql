create table if not exists history_figure (
    import bytea not null,
    line bigint not null,
    year bigint not null,
    month bigint not null,
    agency text not null,
    field text not null,
    procedure text not null,
    channel text not null,
    level bigint not null,
    n bigint not null,
    replaced bigint not null,
    primary key (import, line)
);
