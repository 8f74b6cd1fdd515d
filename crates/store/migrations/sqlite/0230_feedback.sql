create table if not exists feedback (
    id blob not null primary key,
    code text not null,
    agency text not null,
    kind text not null,
    about text not null,
    body text not null,
    account blob,
    name text not null,
    phone text not null,
    at integer not null,
    due integer not null,
    answer text not null,
    answered_by text not null,
    answered_at integer
) strict, without rowid;
