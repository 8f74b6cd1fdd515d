create table if not exists seal_head (
    one integer not null primary key,
    number integer not null,
    day integer not null
) strict;
