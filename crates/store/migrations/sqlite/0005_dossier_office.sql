create index if not exists dossier_office on dossier (filed_at_office, id) where filed_at_office is not null;
