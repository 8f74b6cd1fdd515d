create index if not exists post_till_clerk on post_till (clerk, id);
