alter table dossier add column if not exists holder text null;
