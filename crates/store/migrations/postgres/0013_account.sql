create table if not exists account (
    id bytea not null primary key,
    role text not null,
    name text not null,
    agency text null,
    phone text not null,
    email text not null,
    person_id text not null,
    birth_date text not null,
    address text not null,
    language text not null,
    password text not null,
    verified bigint not null,
    created_at bigint not null
);
