# Register of dossiers and the 80 mm slip
register-menu = Register
register-page = Register of requests
register-from = From
register-to = To
register-field = Field
register-export = Download as a spreadsheet (XLSX)
register-empty = No request was filed on these days. Choose other days or clear the field filter.
register-bad-day = The day must be written like 30/3/2020. The days since the beginning of this month are shown.
register-backwards = The first day is after the last day. One day is shown; choose both days again.
register-too-long = At most { $days } days can be shown at once. The first { $days } are shown.
register-number = No.
register-channel = Channel
register-accepted-at = Accepted at
register-returned-at = Returned at
register-taken-by = Taken by
register-fee = Fee (VND)
register-title = Register of requests from { $from } to { $to }
register-sum = { $n ->
    [one] Total: one request
   *[other] Total: { $n } requests
}
register-slip = Appointment slip, 80 mm
register-slip-title = Appointment slip for the result
register-slip-track = Track: { $link }
register-slip-home = Next time, file from home: { $link } — fill in the form on your phone and send photos of the papers, without coming here.
register-slip-ack = You will hear about acceptance by
register-slip-hint = Choose the slip printer in the browser's print dialogue (Ctrl + P).
register-asking = Supplement requests
register-asking-lead = Who requested supplements, and how often, in the last 12 months. The same reason given twice for one request is worth checking.
register-asking-none = No supplement has been requested in the last 12 months.
register-officer = Officer
register-requests = Times requested
register-lacks = Items missing
register-again = Same reason repeated
