insert into seal_head (one, number, day) values (1, 0, 0) on conflict (one) do nothing;
