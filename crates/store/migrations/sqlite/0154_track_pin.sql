create table if not exists track_pin (
    dossier blob not null primary key,
    pin blob not null,
    issued_at integer not null,
    tries integer not null,
    tried_at integer not null
) strict;
