create table if not exists ledger_total (
    month integer not null,
    agency text not null,
    account text not null,
    debit integer not null,
    credit integer not null,
    primary key (month, agency, account)
) strict, without rowid;
