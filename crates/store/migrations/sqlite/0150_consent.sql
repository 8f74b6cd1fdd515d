create table if not exists consent (
    id blob not null primary key,
    number text not null,
    office text not null,
    phone text not null,
    state text not null,
    asked_at integer not null,
    body text not null,
    code blob not null,
    code_expires integer not null,
    code_tries integer not null,
    codes_sent integer not null
) strict;
