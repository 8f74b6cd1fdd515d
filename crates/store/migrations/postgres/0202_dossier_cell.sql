create index if not exists dossier_cell on dossier (agency, procedure, channel, filed_at, id);
