create table if not exists campaign_count (
    code text not null,
    month integer not null,
    what text not null,
    n integer not null,
    primary key (code, month, what)
) strict, without rowid;
