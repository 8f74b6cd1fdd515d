create table if not exists bag_line (
    bag text not null,
    number integer not null,
    body text not null,
    hash blob not null,
    primary key (bag, number)
) strict;
