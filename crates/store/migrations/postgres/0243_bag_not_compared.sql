update bag set remind_at = due where stage = 'arrived' and state::json #>> '{overdue_at}' is null;
