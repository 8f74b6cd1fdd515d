create index if not exists directive_agency_of on directive_agency (directive, agency);
