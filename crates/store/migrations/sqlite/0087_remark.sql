create table if not exists remark (
    id blob not null primary key,
    dossier blob not null,
    author blob not null,
    by_name text not null,
    text text not null,
    paper text not null,
    page integer not null,
    place text not null,
    created_at integer not null
) strict;
