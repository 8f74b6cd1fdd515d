create table if not exists clock_decision (
    id bytea not null primary key,
    body text not null,
    published_at bigint not null,
    published_by text not null,
    at_agency text not null,
    at_dossier bytea not null,
    checked bigint not null,
    changed bigint not null,
    finished_at bigint not null
);
