create table if not exists draft (
    id bytea not null primary key,
    owner bytea not null,
    procedure text not null,
    form_version bigint not null,
    body text not null,
    version bigint not null,
    updated_at bigint not null
);
