create table if not exists answer_sheet (
    owner blob not null,
    event text not null,
    body text not null,
    updated_at integer not null,
    primary key (owner, event)
) strict;
