create index if not exists job_dead on job (created_at, id) where state = 'dead';
