create table if not exists money_difference (
    statement bytea not null,
    number bigint not null,
    kind text not null,
    method text not null,
    reference text not null,
    here bigint not null,
    there bigint not null,
    at bigint not null,
    content text not null,
    dossier bytea null,
    state text not null,
    closed_by text not null,
    closed_at bigint not null,
    reason text not null,
    primary key (statement, number)
);
