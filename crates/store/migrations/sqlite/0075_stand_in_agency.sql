create index if not exists stand_in_agency on stand_in (agency, to_at, id);
