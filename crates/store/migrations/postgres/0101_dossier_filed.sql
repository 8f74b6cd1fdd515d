create index if not exists dossier_filed on dossier (agency, filed_at, id);
