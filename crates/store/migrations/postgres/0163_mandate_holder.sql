create index if not exists mandate_holder on mandate (holder, principal, id);
