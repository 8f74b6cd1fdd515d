create index if not exists dossier_owner on dossier (owner, id) where owner is not null;
