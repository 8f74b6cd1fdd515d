create table if not exists publication_file (
    publication bytea not null,
    path text not null,
    body text null,
    base text null,
    primary key (publication, path)
);
