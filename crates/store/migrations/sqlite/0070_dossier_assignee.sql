alter table dossier add column assignee blob null;
