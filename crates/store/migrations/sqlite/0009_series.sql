create table if not exists series (
    name text not null primary key,
    last integer not null
) strict, without rowid;
