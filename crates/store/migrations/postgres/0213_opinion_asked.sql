create index if not exists opinion_asked on opinion (agency, role, due, dossier, ask) where open = 1;
