create index if not exists session_expires on session (expires_at);
