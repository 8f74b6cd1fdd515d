create table if not exists result_file (
    hash bytea not null,
    dossier bytea not null,
    primary key (hash, dossier)
);
