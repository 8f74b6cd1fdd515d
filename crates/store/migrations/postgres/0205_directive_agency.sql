create table if not exists directive_agency (
    agency text not null,
    directive bytea not null,
    read_at bigint not null,
    read_by text not null,
    answered_at bigint not null,
    answered_by text not null,
    measures text not null,
    person text not null,
    plan_by text not null,
    primary key (agency, directive)
);
