create table if not exists answer_sheet (
    owner bytea not null,
    event text not null,
    body text not null,
    updated_at bigint not null,
    primary key (owner, event)
);
