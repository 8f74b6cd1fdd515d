create index if not exists talk_unanswered on talk (agency, id) where unanswered = 1;
