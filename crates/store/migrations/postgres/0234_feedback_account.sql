create index if not exists feedback_account on feedback (account, id) where account is not null;
