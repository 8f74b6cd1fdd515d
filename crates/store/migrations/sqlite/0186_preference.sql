create table if not exists preference (
    account blob not null primary key,
    mail integer not null,
    sms integer not null,
    muted text not null
) strict;
