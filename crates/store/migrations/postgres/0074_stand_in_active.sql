create index if not exists stand_in_active on stand_in (substitute, to_at, id) where state = 'approved';
