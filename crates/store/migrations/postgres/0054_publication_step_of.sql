create index if not exists publication_step_of on publication_step (publication, seq);
