create table if not exists seal (
    number integer not null primary key,
    day integer not null unique,
    dossiers integer not null,
    lines integer not null,
    hash blob not null,
    sealed_at integer not null
) strict;
