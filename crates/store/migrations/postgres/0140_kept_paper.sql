create table if not exists kept_paper (
    owner bytea not null,
    dossier bytea not null,
    hash bytea not null,
    got_at bigint not null,
    primary key (owner, dossier, hash)
);
