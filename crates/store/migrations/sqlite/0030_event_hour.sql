create index if not exists event_hour on event (substr(body, 8, 13), dossier, version);
