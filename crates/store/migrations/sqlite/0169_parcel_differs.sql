create index if not exists parcel_differs on parcel (agency, ordered_at, dossier, number) where differs > 0;
