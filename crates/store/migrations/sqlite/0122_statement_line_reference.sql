create index if not exists statement_line_reference on statement_line (reference, method);
