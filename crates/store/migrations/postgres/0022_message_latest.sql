create index if not exists message_latest on message (created_at, id);
