create table if not exists consent (
    id bytea not null primary key,
    number text not null,
    office text not null,
    phone text not null,
    state text not null,
    asked_at bigint not null,
    body text not null,
    code bytea not null,
    code_expires bigint not null,
    code_tries bigint not null,
    codes_sent bigint not null
);
