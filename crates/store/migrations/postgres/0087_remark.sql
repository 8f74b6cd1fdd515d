create table if not exists remark (
    id bytea not null primary key,
    dossier bytea not null,
    author bytea not null,
    by_name text not null,
    text text not null,
    paper text not null,
    page bigint not null,
    place text not null,
    created_at bigint not null
);
