create table if not exists publication_step (
    seq bigint not null primary key,
    publication bytea not null,
    body text not null,
    hash bytea not null
);
