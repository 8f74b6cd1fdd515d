create table if not exists talk (
    id bytea not null primary key,
    dossier bytea not null,
    agency text not null,
    author bytea not null,
    by_name text not null,
    from_person bigint not null,
    unanswered bigint not null,
    text text not null,
    created_at bigint not null
);
