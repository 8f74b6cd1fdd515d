create index if not exists bag_ended on bag (to_agency, open, updated_at, code);
