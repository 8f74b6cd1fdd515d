create table if not exists refund (
    dossier bytea not null,
    number bigint not null,
    agency text not null,
    code text not null,
    state text not null,
    open bigint not null,
    amount bigint not null,
    method text not null,
    reason text not null,
    proposed_at bigint not null,
    primary key (dossier, number)
);
