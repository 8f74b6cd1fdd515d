create table if not exists round_stop (
    dossier blob not null,
    number integer not null,
    office text not null,
    clerk blob not null,
    stop integer not null,
    primary key (dossier, number)
) strict;
