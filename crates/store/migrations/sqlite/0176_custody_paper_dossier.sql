create index if not exists custody_paper_dossier on custody_paper (dossier, code);
