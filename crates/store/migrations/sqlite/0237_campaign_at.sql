create index if not exists campaign_at on campaign (at, code);
