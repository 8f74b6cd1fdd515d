create table if not exists rating (
    dossier bytea not null primary key,
    agency text not null,
    procedure text not null,
    score bigint not null,
    reasons text not null,
    said text not null,
    at bigint not null,
    way text not null
);
