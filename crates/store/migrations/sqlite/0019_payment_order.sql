create table if not exists payment_order (
    id blob not null primary key,
    dossier blob not null,
    txn_ref text not null unique,
    amount integer not null,
    state text not null,
    reference text not null,
    created_at integer not null,
    expires_at integer not null,
    settled_at integer null
) strict;
