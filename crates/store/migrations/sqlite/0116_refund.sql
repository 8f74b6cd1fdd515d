create table if not exists refund (
    dossier blob not null,
    number integer not null,
    agency text not null,
    code text not null,
    state text not null,
    open integer not null,
    amount integer not null,
    method text not null,
    reason text not null,
    proposed_at integer not null,
    primary key (dossier, number)
) strict;
