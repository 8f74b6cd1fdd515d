create index if not exists parcel_month on parcel (month, agency, code, number) where month > 0;
