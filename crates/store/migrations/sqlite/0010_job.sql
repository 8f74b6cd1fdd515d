create table if not exists job (
    id blob not null primary key,
    kind text not null,
    body text not null,
    run_at integer not null,
    attempt integer not null,
    lease_until integer not null,
    state text not null,
    error text not null,
    created_at integer not null
) strict;
