update bag set remind_at = due where stage = 'arrived' and json_extract(state, '$.overdue_at') is null;
