create table if not exists book_line (
    agency text not null,
    number integer not null,
    body text not null,
    hash blob not null,
    primary key (agency, number)
) strict;
