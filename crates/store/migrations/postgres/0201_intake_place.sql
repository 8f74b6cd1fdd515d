create table if not exists intake_place (
    commune text not null,
    procedure text not null,
    half bigint not null,
    online_three bigint not null,
    online_four bigint not null,
    post_three bigint not null,
    post_four bigint not null,
    counter_three bigint not null,
    counter_four bigint not null,
    primary key (commune, procedure, half)
);
