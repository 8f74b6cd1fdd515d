create index if not exists dossier_agency on dossier (agency, deadline, id);
