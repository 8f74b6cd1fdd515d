create index if not exists parcel_office on parcel (office, ordered_at, dossier, number) where open = 1;
