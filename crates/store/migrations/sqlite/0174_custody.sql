create table if not exists custody (
    dossier blob not null,
    at integer not null,
    bag text not null,
    number integer not null,
    kind text not null,
    actor text not null,
    agency text not null,
    note text not null,
    primary key (dossier, at, bag, number)
) strict;
