create unique index if not exists post_till_open on post_till (clerk) where state = 'open';
