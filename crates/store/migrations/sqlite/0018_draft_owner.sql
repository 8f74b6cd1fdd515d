create index if not exists draft_owner on draft (owner, updated_at, id);
