create index if not exists bag_due on bag (open, due, code);
