create table if not exists late_line (
    dossier blob not null,
    version integer not null,
    after_seal integer not null,
    primary key (dossier, version)
) strict, without rowid;
