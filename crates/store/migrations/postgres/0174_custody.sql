create table if not exists custody (
    dossier bytea not null,
    at bigint not null,
    bag text not null,
    number bigint not null,
    kind text not null,
    actor text not null,
    agency text not null,
    note text not null,
    primary key (dossier, at, bag, number)
);
