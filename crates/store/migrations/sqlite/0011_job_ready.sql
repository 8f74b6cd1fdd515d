create index if not exists job_ready on job (run_at, id) where state = 'ready';
