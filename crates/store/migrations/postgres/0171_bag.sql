create table if not exists bag (
    code text not null primary key,
    version bigint not null,
    stage text not null,
    from_agency text not null,
    to_agency text not null,
    holder text not null,
    offered text not null,
    due bigint not null,
    remind_at bigint not null,
    open bigint not null,
    state text not null,
    hash bytea not null,
    updated_at bigint not null
);
