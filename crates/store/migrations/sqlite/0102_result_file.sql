create table if not exists result_file (
    hash blob not null,
    dossier blob not null,
    primary key (hash, dossier)
) strict, without rowid;
