create index if not exists bag_remind on bag (remind_at, code);
