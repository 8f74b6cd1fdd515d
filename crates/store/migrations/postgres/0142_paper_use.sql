create table if not exists paper_use (
    month bigint not null,
    agency text not null,
    papers bigint not null,
    reused bigint not null,
    primary key (month, agency)
);
