create index if not exists dossier_name on dossier (agency, name, id);
