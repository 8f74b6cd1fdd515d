create index if not exists bag_to on bag (to_agency, open, due, code);
