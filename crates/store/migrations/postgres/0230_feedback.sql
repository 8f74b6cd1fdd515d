create table if not exists feedback (
    id bytea not null primary key,
    code text not null,
    agency text not null,
    kind text not null,
    about text not null,
    body text not null,
    account bytea,
    name text not null,
    phone text not null,
    at bigint not null,
    due bigint not null,
    answer text not null,
    answered_by text not null,
    answered_at bigint
);
