create table if not exists bank_notice (
    number text not null primary key,
    amount bigint not null,
    content text not null,
    at bigint not null,
    received_at bigint not null,
    state text not null,
    dossier bytea null
);
