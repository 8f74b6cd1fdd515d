create table if not exists session (
    token blob not null primary key,
    account blob not null,
    created_at integer not null,
    expires_at integer not null
) strict, without rowid;
