create table if not exists ledger_entry (
    source bytea not null,
    version bigint not null,
    at bigint not null,
    agency text not null,
    kind text not null,
    method text not null,
    reference text not null,
    moved bigint not null,
    lines text not null,
    primary key (source, version)
);
