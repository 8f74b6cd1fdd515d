create table if not exists track_pin (
    dossier bytea not null primary key,
    pin bytea not null,
    issued_at bigint not null,
    tries bigint not null,
    tried_at bigint not null
);
