create index if not exists dossier_running on dossier (agency, id) where turn <> 'nobody';
