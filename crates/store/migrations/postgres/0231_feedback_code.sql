create unique index if not exists feedback_code on feedback (code);
