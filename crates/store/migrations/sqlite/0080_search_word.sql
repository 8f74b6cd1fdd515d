create table if not exists search_word (
    dossier blob not null,
    word text not null,
    place text not null,
    primary key (dossier, word, place)
) strict, without rowid;
