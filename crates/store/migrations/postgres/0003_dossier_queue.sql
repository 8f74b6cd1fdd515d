create index if not exists dossier_queue on dossier (agency, turn, deadline, id);
