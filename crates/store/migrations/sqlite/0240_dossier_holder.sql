alter table dossier add column holder text null;
