create table if not exists search_word (
    dossier bytea not null,
    word text collate "C" not null,
    place text not null,
    primary key (dossier, word, place)
);
