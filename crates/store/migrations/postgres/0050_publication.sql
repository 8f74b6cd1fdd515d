create table if not exists publication (
    id bytea not null primary key,
    state text not null,
    holds_from text not null,
    approved_at bigint not null,
    saved bigint not null,
    fold text not null
);
