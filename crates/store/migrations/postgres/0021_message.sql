create table if not exists message (
    id bytea not null primary key,
    dossier bytea null,
    channel text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    state text not null,
    error text not null,
    created_at bigint not null
);
