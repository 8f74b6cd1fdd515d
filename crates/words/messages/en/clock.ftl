# Terms: extension, apology with a new date, waiting, days off by decision
clock-status-payment = Waiting for payment
clock-event-extended = Term extended
clock-event-apologised = Apology with a new date
clock-event-payment-asked = Waiting for the person's payment; the clock is paused
clock-event-payment-confirmed = Paid; the clock runs again
clock-event-recomputed = Due date recalculated
clock-refusal-extended = { $times ->
    [one] The term can be extended only once.
   *[other] The term can be extended only { $times } times.
}
clock-refusal-length = An extension must be from 1 to { $most } days.
clock-refusal-late = The term has ended and can no longer be extended: apologise and set a new date instead.
clock-refusal-apologised = Your agency has already apologised once for this request; the rules allow it only once.
clock-refusal-day-off = The new date is a day off: choose a working day.
clock-refusal-not-later = The new date must be after the old due date and after today.
clock-box = Term
clock-account = How the due date is counted, day by day
clock-promised = New date: { $when }
clock-apology = The agency apologises for missing { $was }. Reason: { $reason }
clock-extended-line = Extended by { $days }, from { $was } to { $due }. Reason: { $reason }
clock-recomputed-line = Moved from { $was } to { $due } under: { $why }
clock-wait-line = Waiting for payment: { $what }. The waiting time does not count towards the term.
clock-wait-amount = Amount: { $amount }
clock-extend = Extend
clock-extend-days = Number of days
clock-extend-hint = { $times ->
    [one] At most { $most } days, once; before the term ends.
   *[other] At most { $most } days, { $times } times; before the term ends.
}
clock-apologise = Apologise with a new date
clock-apologise-date = New date
clock-apologise-hint = Once for each agency. Write it like 30/3/2020; it must be a working day. The person is told at once.
clock-reason = Reason and basis
clock-ask-payment = Wait for the person's payment
clock-ask-payment-hint = The clock is paused until there is proof of payment.
clock-what = What is to be paid, and number of the notice
clock-amount = Amount (VND); leave empty if the notice states it
clock-confirm-payment = Paid: let the clock run again
clock-reference = Number of the proof of payment
clock-bad-date = Wrong date: write it like 30/3/2020.
clock-bad-number = Write a whole number.
clock-why-half = working half a day ({ $name })
clock-why-suspended = terms paused ({ $name })
clock-why-cutoff = received after { $hour }:00, counted as the next working day
clock-why-still-supplement = clock paused, waiting for the person's supplement
clock-why-still-payment = clock paused, waiting for the person's payment
clock-why-partly-supplement = working day, paused for part of it, waiting for the supplement
clock-why-partly-payment = working day, paused for part of it, waiting for the payment
clock-days-working = { $n ->
    [one] 1 working day
   *[other] { $n } working days
}
clock-days-calendar = { $n ->
    [one] 1 day
   *[other] { $n } days
}
clock-mail-extended = The term of your request { $code } has been extended to { $due }. Reason: { $reason } See: { $link }
clock-mail-apologised = The agency apologises for being late with your request { $code }; the new date is { $promised }. Reason: { $reason } See: { $link }
clock-mail-payment = Your request { $code } is waiting for your payment: { $what }. The waiting time does not count towards the term. See: { $link }
clock-mail-recomputed = The due date of your request { $code } is now { $due }, under: { $why } See: { $link }
clock-page = Days off and pauses by decision
clock-page-lead = A decision published here takes effect at once: the due dates of requests in progress are recalculated, the journal of each says under which decision, and people are told their new date at once.
clock-number = Number of the decision
clock-kind = What it decides
clock-kind-off = Off all day
clock-kind-morning-off = Off in the morning
clock-kind-afternoon-off = Off in the afternoon
clock-kind-makeup = Make-up work (a day of rest becomes a working day)
clock-kind-suspension = Terms paused (epidemic, natural disaster)
clock-from = From
clock-to = Until the end of
clock-for-why = Reason, shown to people
clock-agencies = Codes of the agencies it applies to
clock-agencies-hint = Separated by commas, such as 24.12, 24.00. Empty: all agencies.
clock-procedures = Codes of the services it applies to
clock-procedures-hint = Separated by commas, such as 1.004873. Empty: all services.
clock-fields = Fields it applies to
clock-fields-hint = Separated by semicolons, such as Hộ tịch; Đất đai. Empty: all fields.
clock-publish = Publish and recalculate
clock-published = Published
clock-none = No decision yet.
clock-scope-all = the whole province
clock-running = Recalculating: { $checked } requests checked, { $changed } dates moved
clock-done = { $checked } requests in progress checked, { $changed } dates moved and people told
clock-job = Recalculate due dates
clock-problem-number = Write the number of the decision, such as 12/QĐ-UBND, at most 100 characters.
clock-problem-twice = A decision with this number and the same content has already been published.
clock-problem-kind = Choose what it decides.
clock-problem-period = Wrong dates: write them like 30/3/2020; the end must not be before the start, and at most one year later.
clock-problem-year = The official days off of this year are not in the catalogue yet.
clock-problem-why = Write a reason of at most 300 characters.
clock-problem-agency = There is no agency { $code } in the catalogue.
clock-problem-procedure = There is no service { $code } in the catalogue.
clock-problem-field = There is no field { $name } in the catalogue.
clock-refusal-no-way = The process has no branch for this case: tell the person in charge of the catalogue.
