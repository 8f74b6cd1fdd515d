create table if not exists book_line (
    agency text not null,
    number bigint not null,
    body text not null,
    hash bytea not null,
    primary key (agency, number)
);
