create table if not exists asking (
    agency text not null,
    month integer not null,
    account blob not null,
    name text not null,
    requests integer not null,
    lacks integer not null,
    again integer not null,
    primary key (agency, month, account)
) strict;
