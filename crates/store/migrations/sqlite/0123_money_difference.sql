create table if not exists money_difference (
    statement blob not null,
    number integer not null,
    kind text not null,
    method text not null,
    reference text not null,
    here integer not null,
    there integer not null,
    at integer not null,
    content text not null,
    dossier blob null,
    state text not null,
    closed_by text not null,
    closed_at integer not null,
    reason text not null,
    primary key (statement, number)
) strict;
