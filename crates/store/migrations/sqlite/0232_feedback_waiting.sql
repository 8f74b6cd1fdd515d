create index if not exists feedback_waiting on feedback (agency, due, id) where answered_at is null;
