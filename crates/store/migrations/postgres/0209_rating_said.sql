create index if not exists rating_said on rating (agency, at, dossier) where said <> '';
