create index if not exists ledger_entry_agency on ledger_entry (agency, at, source, version) where method <> '';
