create table if not exists mandate (
    id blob not null primary key,
    principal blob not null,
    holder text not null,
    state text not null,
    body text not null
) strict;
