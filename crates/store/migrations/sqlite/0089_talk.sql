create table if not exists talk (
    id blob not null primary key,
    dossier blob not null,
    agency text not null,
    author blob not null,
    by_name text not null,
    from_person integer not null,
    unanswered integer not null,
    text text not null,
    created_at integer not null
) strict;
