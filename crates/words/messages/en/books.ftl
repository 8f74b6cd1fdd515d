books-title = The agency's books
books-register = Register of requests
books-register-hint = Form 06 of Circular 01/2018/TT-VPCP. At most one year at a time.
books-from = From
books-to = To
books-field = Field
books-every-field = Every field
books-print-register = Print the register (PDF)
books-hand-over = Hand-overs of a day
books-hand-over-hint = Who handed over which request to whom, with room for both signatures.
books-day = Day
books-print-hand-over = Print the list (PDF)
books-bad-day = This date cannot be read. Choose it in the calendar, or write it like 30/3/2020.
books-backwards = The first day is after the last day. Swap the two days.
books-too-long = One register covers one year at most. Choose a shorter time.
books-early = early
books-on-time = on time
books-late = late
books-giver = From
books-taker = To
books-verdict = On time?
books-planned = { $hours ->
    [one] one hour planned
   *[other] { $hours } hours planned
}
books-ended = the request ends
books-print-control = Print the control sheet (PDF)
