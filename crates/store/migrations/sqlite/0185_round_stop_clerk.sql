create index if not exists round_stop_clerk on round_stop (clerk, stop);
