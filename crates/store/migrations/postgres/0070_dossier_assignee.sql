alter table dossier add column if not exists assignee bytea null;
