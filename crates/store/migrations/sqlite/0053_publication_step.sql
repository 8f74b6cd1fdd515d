create table if not exists publication_step (
    seq integer not null primary key,
    publication blob not null,
    body text not null,
    hash blob not null
) strict;
