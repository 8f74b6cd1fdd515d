alter table dossier add column proposal text null;
