create table if not exists stand_in (
    id blob not null primary key,
    absent blob not null,
    substitute blob not null,
    agency text not null,
    from_at integer not null,
    to_at integer not null,
    reason text not null,
    state text not null,
    asked_by text not null,
    settled_by text not null,
    created_at integer not null
) strict;
