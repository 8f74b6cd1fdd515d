create table if not exists denied_look (
    office text not null,
    id blob not null,
    clerk_name text not null,
    kind text not null,
    sought text not null,
    at integer not null,
    primary key (office, id)
) strict, without rowid;
