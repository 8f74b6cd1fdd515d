create table if not exists bank_statement (
    id blob not null primary key,
    name text not null,
    layout text not null,
    method text not null,
    uploaded_by text not null,
    uploaded_at integer not null,
    state text not null,
    lines integer not null,
    done integer not null,
    matched integer not null,
    differences integer not null,
    first_at integer not null,
    last_at integer not null,
    problems text not null
) strict;
