alter table dossier add column if not exists proposal text null;
