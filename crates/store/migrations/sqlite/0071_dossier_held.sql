create index if not exists dossier_held on dossier (assignee, deadline, id) where assignee is not null;
