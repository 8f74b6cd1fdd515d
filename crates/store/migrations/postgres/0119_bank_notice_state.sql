create index if not exists bank_notice_state on bank_notice (state, received_at);
