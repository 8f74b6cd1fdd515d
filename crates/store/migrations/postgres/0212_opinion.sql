create table if not exists opinion (
    dossier bytea not null,
    ask text not null,
    name text not null,
    agency text not null,
    role text not null,
    open bigint not null,
    due bigint not null,
    primary key (dossier, ask)
);
