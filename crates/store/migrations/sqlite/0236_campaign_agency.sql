create index if not exists campaign_agency on campaign (agency, at, code);
