create index if not exists dossier_person on dossier (person_id, id) where person_id <> '';
