create table if not exists login (
    login text not null primary key,
    account blob not null
) strict, without rowid;
