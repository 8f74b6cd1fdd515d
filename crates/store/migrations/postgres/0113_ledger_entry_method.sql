create index if not exists ledger_entry_method on ledger_entry (method, at) where method <> '';
