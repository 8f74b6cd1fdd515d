create table if not exists post_till (
    id blob not null primary key,
    office text not null,
    clerk blob not null,
    day text not null,
    state text not null,
    difference integer not null,
    version integer not null,
    body text not null
) strict;
