create index if not exists talk_dossier on talk (dossier, id);
