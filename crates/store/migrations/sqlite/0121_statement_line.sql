create table if not exists statement_line (
    statement blob not null,
    number integer not null,
    method text not null,
    reference text not null,
    amount integer not null,
    at integer not null,
    content text not null,
    state text not null,
    primary key (statement, number)
) strict;
