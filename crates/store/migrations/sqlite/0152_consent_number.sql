create unique index if not exists consent_number on consent (number);
