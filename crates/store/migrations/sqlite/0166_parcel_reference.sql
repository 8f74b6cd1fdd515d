create unique index if not exists parcel_reference on parcel (reference);
