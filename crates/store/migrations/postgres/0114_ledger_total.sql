create table if not exists ledger_total (
    month bigint not null,
    agency text not null,
    account text not null,
    debit bigint not null,
    credit bigint not null,
    primary key (month, agency, account)
);
