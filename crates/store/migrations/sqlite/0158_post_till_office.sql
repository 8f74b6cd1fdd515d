create index if not exists post_till_office on post_till (office, day, id);
