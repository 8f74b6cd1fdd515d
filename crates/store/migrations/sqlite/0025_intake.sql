create table if not exists intake (
    month integer not null,
    agency text not null,
    procedure text not null,
    level integer not null,
    channel text not null,
    n integer not null,
    primary key (month, agency, procedure, level, channel)
) strict, without rowid;
