create table if not exists stand_in (
    id bytea not null primary key,
    absent bytea not null,
    substitute bytea not null,
    agency text not null,
    from_at bigint not null,
    to_at bigint not null,
    reason text not null,
    state text not null,
    asked_by text not null,
    settled_by text not null,
    created_at bigint not null
);
