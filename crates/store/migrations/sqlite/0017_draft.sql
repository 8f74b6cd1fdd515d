create table if not exists draft (
    id blob not null primary key,
    owner blob not null,
    procedure text not null,
    form_version integer not null,
    body text not null,
    version integer not null,
    updated_at integer not null
) strict;
