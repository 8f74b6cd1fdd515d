create index if not exists money_difference_open on money_difference (state, at, statement, number);
