create table if not exists tally (
    agency text not null,
    turn text not null,
    status text not null,
    n integer not null,
    primary key (agency, turn, status)
) strict, without rowid;
