create table if not exists series (
    name text not null primary key,
    last bigint not null
);
