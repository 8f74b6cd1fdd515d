create index if not exists search_word_place on search_word (place, word, dossier);
