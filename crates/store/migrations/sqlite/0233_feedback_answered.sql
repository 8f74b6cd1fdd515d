create index if not exists feedback_answered on feedback (agency, id) where answered_at is not null;
