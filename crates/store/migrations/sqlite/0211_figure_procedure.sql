create index if not exists figure_procedure on figure (procedure);
