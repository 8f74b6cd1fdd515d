create table if not exists opinion (
    dossier blob not null,
    ask text not null,
    name text not null,
    agency text not null,
    role text not null,
    open integer not null,
    due integer not null,
    primary key (dossier, ask)
) strict;
