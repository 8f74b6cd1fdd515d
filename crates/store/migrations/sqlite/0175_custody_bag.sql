create index if not exists custody_bag on custody (bag, number, dossier);
