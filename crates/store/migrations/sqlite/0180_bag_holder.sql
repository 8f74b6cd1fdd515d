create index if not exists bag_holder on bag (holder, open, due, code);
