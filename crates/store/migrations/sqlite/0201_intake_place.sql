create table if not exists intake_place (
    commune text not null,
    procedure text not null,
    half integer not null,
    online_three integer not null,
    online_four integer not null,
    post_three integer not null,
    post_four integer not null,
    counter_three integer not null,
    counter_four integer not null,
    primary key (commune, procedure, half)
) strict, without rowid;
