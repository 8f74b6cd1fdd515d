create index if not exists bag_offered on bag (offered, open, due, code);
