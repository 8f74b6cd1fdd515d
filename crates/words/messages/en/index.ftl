# Indices of service: /bang/chi-so
index-menu = Service indices
index-title = Indices of service to people
index-lead = The ratios of the index set of Decision 766/QĐ-TTg that can be told from requests, computed from the figures of this moment, without scores. Each is shown with its part and its whole.
index-on-time = Completed on time
index-online = Filed online
index-paid = Paid online
index-result = Result as a file
index-digitised = Papers as files
index-first-try = Accepted at the first try
index-content = Satisfied
index-open = Openness
index-def-on-time = Completed not later than the due date, out of all completed. Group “progress and results”, Decision 766/QĐ-TTg.
index-def-online = Filed online by the person, or for the person at a post office, out of all filed. Group “online services”, Decision 766/QĐ-TTg: share by way of filing.
index-def-paid = Fee paid through a payment gateway, by QR code or by transfer, out of all completed that had a fee. Group “online services”, Decision 766/QĐ-TTg: share paid online.
index-def-result = Results given as a file in the account, out of all results given. Group “digitisation”, Decision 766/QĐ-TTg: share with an electronic result.
index-def-digitised = Accepted with papers kept as files, out of all accepted; requests that need no paper are counted in the whole. Group “digitisation”, Decision 766/QĐ-TTg.
index-def-first-try = Accepted without any supplement request, out of all accepted. Not in Decision 766/QĐ-TTg; the province follows it on its own.
index-def-content = Answers “Satisfied”, out of all answers. Group “satisfaction”, Decision 766/QĐ-TTg; the question follows Chapter IV of Decree 61/2018/NĐ-CP. Who gave which answer is not listed.
index-def-open = Services whose guide comes from a published source and states the result and the legal basis, out of all services in the catalogue. Group “openness and transparency”, Decision 766/QĐ-TTg: every part of a procedure is made public.
index-saved = What people were spared
index-trips = { $trips ->
    [one] People were spared one trip.
   *[other] People were spared { $trips } trips.
}
index-saved-words = With the assumptions below: { $hours } hours and { $money }.
index-km = Kilometres for each trip, there and back
index-fare = VND for each kilometre
index-hours = Hours for each trip
index-wage = VND for each working hour
index-count = Calculate again
index-method = Method: each request filed online by the person spares one trip to file it; each result given as a file spares one trip to collect it. Money = trips × (km × VND for each km + hours × VND for each hour). The four numbers are assumptions, not measurements; replace them with those of your place and calculate again.
index-part = Part
index-whole = Whole
