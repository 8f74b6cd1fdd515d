create table if not exists bank_statement (
    id bytea not null primary key,
    name text not null,
    layout text not null,
    method text not null,
    uploaded_by text not null,
    uploaded_at bigint not null,
    state text not null,
    lines bigint not null,
    done bigint not null,
    matched bigint not null,
    differences bigint not null,
    first_at bigint not null,
    last_at bigint not null,
    problems text not null
);
