create index if not exists bag_from on bag (from_agency, open, due, code);
