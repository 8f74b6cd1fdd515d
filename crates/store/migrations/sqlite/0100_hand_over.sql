create table if not exists hand_over (
    agency text not null,
    day integer not null,
    at integer not null,
    dossier blob not null,
    version integer not null,
    giver text not null,
    giver_role text not null,
    taker_role text not null,
    note text not null,
    primary key (agency, day, at, dossier, version)
) strict, without rowid;
