create index if not exists mandate_principal on mandate (principal, id);
