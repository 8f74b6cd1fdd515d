create table if not exists job (
    id bytea not null primary key,
    kind text not null,
    body text not null,
    run_at bigint not null,
    attempt bigint not null,
    lease_until bigint not null,
    state text not null,
    error text not null,
    created_at bigint not null
);
