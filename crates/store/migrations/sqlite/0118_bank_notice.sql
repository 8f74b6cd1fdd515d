create table if not exists bank_notice (
    number text not null primary key,
    amount integer not null,
    content text not null,
    at integer not null,
    received_at integer not null,
    state text not null,
    dossier blob null
) strict;
