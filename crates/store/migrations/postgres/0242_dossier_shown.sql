update dossier set holder = state::json #>> '{assignee,name}', proposal = state::json #>> '{proposal,outcome}';
