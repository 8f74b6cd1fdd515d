create table if not exists ledger_entry (
    source blob not null,
    version integer not null,
    at integer not null,
    agency text not null,
    kind text not null,
    method text not null,
    reference text not null,
    moved integer not null,
    lines text not null,
    primary key (source, version)
) strict;
