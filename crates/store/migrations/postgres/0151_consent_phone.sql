create index if not exists consent_phone on consent (phone, id) where phone <> '';
