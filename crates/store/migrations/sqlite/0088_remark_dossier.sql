create index if not exists remark_dossier on remark (dossier, id);
