create index if not exists payment_order_dossier on payment_order (dossier, created_at);
