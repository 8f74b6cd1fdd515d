create index if not exists draft_procedure on draft (procedure);
