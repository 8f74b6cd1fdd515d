create table if not exists message (
    id blob not null primary key,
    dossier blob null,
    channel text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    state text not null,
    error text not null,
    created_at integer not null
) strict;
