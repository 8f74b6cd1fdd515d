create index if not exists search_missed_often on search_missed (n, words);
