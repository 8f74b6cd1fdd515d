create table if not exists event (
    dossier blob not null,
    version integer not null,
    body text not null,
    hash blob not null,
    primary key (dossier, version)
) strict, without rowid;
