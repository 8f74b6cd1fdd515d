create table if not exists post_till_line (
    till bytea not null,
    receipt text not null,
    dossier bytea not null,
    office text not null,
    agency text not null,
    amount bigint not null,
    at bigint not null,
    settled bigint not null,
    primary key (till, receipt)
);
