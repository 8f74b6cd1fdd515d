create table if not exists round_stop (
    dossier bytea not null,
    number bigint not null,
    office text not null,
    clerk bytea not null,
    stop bigint not null,
    primary key (dossier, number)
);
