create table if not exists report (
    agency text not null,
    id bytea not null,
    period text not null,
    body text not null,
    at bigint not null,
    by_name text not null,
    primary key (agency, id)
);
