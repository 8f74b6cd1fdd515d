create table if not exists clock_decision (
    id blob not null primary key,
    body text not null,
    published_at integer not null,
    published_by text not null,
    at_agency text not null,
    at_dossier blob not null,
    checked integer not null,
    changed integer not null,
    finished_at integer not null
) strict;
