create table if not exists funnel (
    month integer not null,
    procedure text not null,
    what text not null,
    channel text not null,
    device text not null,
    n integer not null,
    primary key (month, procedure, what, channel, device)
) strict, without rowid;
