create table if not exists post_till (
    id bytea not null primary key,
    office text not null,
    clerk bytea not null,
    day text not null,
    state text not null,
    difference bigint not null,
    version bigint not null,
    body text not null
);
