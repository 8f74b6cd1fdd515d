create index if not exists post_till_unsettled on post_till_line (agency, office) where settled = 0;
