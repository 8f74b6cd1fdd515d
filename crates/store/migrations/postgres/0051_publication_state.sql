create index if not exists publication_state on publication (state, holds_from, approved_at);
