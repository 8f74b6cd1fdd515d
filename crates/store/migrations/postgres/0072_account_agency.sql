create index if not exists account_agency on account (agency, role, id) where agency is not null;
