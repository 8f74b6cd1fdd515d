create table if not exists one_time_code (
    account blob not null primary key,
    code blob not null,
    expires_at integer not null,
    tries integer not null
) strict, without rowid;
