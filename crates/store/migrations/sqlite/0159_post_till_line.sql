create table if not exists post_till_line (
    till blob not null,
    receipt text not null,
    dossier blob not null,
    office text not null,
    agency text not null,
    amount integer not null,
    at integer not null,
    settled integer not null,
    primary key (till, receipt)
) strict, without rowid;
