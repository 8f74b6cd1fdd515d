create table if not exists late_line (
    dossier bytea not null,
    version bigint not null,
    after_seal bigint not null,
    primary key (dossier, version)
);
