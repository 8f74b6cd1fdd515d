create table if not exists history_figure (
    import blob not null,
    line integer not null,
    year integer not null,
    month integer not null,
    agency text not null,
    field text not null,
    procedure text not null,
    channel text not null,
    level integer not null,
    n integer not null,
    replaced integer not null,
    primary key (import, line)
) strict, without rowid;
