create table if not exists event (
    dossier bytea not null,
    version bigint not null,
    body text not null,
    hash bytea not null,
    primary key (dossier, version)
);
