create index if not exists custody_paper_bag on custody_paper (bag, code);
