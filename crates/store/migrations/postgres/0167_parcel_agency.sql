create index if not exists parcel_agency on parcel (agency, open, ordered_at, dossier, number);
