create table if not exists statement_line (
    statement bytea not null,
    number bigint not null,
    method text not null,
    reference text not null,
    amount bigint not null,
    at bigint not null,
    content text not null,
    state text not null,
    primary key (statement, number)
);
