create table if not exists hand_over (
    agency text not null,
    day bigint not null,
    at bigint not null,
    dossier bytea not null,
    version bigint not null,
    giver text not null,
    giver_role text not null,
    taker_role text not null,
    note text not null,
    primary key (agency, day, at, dossier, version)
);
