create index if not exists ledger_entry_reference on ledger_entry (reference) where reference <> '';
