create table if not exists publication (
    id blob not null primary key,
    state text not null,
    holds_from text not null,
    approved_at integer not null,
    saved integer not null,
    fold text not null
) strict;
