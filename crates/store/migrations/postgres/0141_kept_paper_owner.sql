create index if not exists kept_paper_owner on kept_paper (owner, got_at desc, dossier desc, hash);
