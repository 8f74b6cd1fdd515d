# Settlement with the post: /ke-toan/buu-dien
settle-title = Settlement with the post
settle-hint = Invoice proposal of the month: every parcel that the post took is one line, counted once. Postage is { $payer }.
settle-estimate = The tariff is still an estimate.
settle-month = Month
settle-none = No parcels in this month.
settle-parcels = Parcels
settle-collected = Fees collected
settle-differs = Unexplained
settle-csv = Download as CSV
settle-lines = Parcel by parcel
settle-more = This page shows the first 200 lines; the CSV has all.
