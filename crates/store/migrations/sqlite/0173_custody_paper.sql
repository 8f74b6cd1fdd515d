create table if not exists custody_paper (
    code text not null primary key,
    dossier blob not null,
    what text not null,
    agency text not null,
    bag text not null,
    made_by text not null,
    made_at integer not null
) strict;
