# Settlement with the post: /ke-toan/buu-dien
settle-title = Settlement with the post
settle-hint = Payment proposal of the month: every parcel whose order the post took is one line, counted once. Postage is { $payer }.
settle-estimate = The tariff is still an estimate.
settle-month = Month
settle-none = No parcels in this month.
settle-parcels = Parcels
settle-collected = Money collected
settle-differs = Unexplained
settle-csv = Download the CSV
settle-lines = Parcel by parcel
settle-more = This page shows only the first 200 lines; the CSV has them all.
