create table if not exists kept_paper (
    owner blob not null,
    dossier blob not null,
    hash blob not null,
    got_at integer not null,
    primary key (owner, dossier, hash)
) strict, without rowid;
