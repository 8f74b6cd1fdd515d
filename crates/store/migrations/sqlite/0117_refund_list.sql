create index if not exists refund_list on refund (agency, open, proposed_at, dossier, number);
