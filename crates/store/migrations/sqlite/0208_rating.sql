create table if not exists rating (
    dossier blob not null primary key,
    agency text not null,
    procedure text not null,
    score integer not null,
    reasons text not null,
    said text not null,
    at integer not null,
    way text not null
) strict, without rowid;
