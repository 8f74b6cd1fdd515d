create table if not exists bag (
    code text not null primary key,
    version integer not null,
    stage text not null,
    from_agency text not null,
    to_agency text not null,
    holder text not null,
    offered text not null,
    due integer not null,
    remind_at integer not null,
    open integer not null,
    state text not null,
    hash blob not null,
    updated_at integer not null
) strict;
