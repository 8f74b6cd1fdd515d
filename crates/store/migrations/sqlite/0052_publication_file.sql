create table if not exists publication_file (
    publication blob not null,
    path text not null,
    body text null,
    base text null,
    primary key (publication, path)
) strict, without rowid;
