create table if not exists payment_order (
    id bytea not null primary key,
    dossier bytea not null,
    txn_ref text not null unique,
    amount bigint not null,
    state text not null,
    reference text not null,
    created_at bigint not null,
    expires_at bigint not null,
    settled_at bigint null
);
