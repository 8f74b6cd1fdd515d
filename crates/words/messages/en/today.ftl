# A head's morning: /bang/hom-nay
today-menu = Today
today-title = Today
today-late = Overdue now
today-late-none = No request is overdue.
today-late-sum = { $n ->
    [one] One request is overdue.
   *[other] { $n } requests are overdue; those waiting longest come first.
}
today-was-due = Was due
today-due = { $n ->
    [one] One request is due between now and the end of today.
   *[other] { $n } requests are due between now and the end of today.
}
today-open-desk = Open the queue
today-asked = Assigned to you
today-asked-none = No directive is waiting for an answer or short of its target.
today-more = { $n ->
    [one] One more agency.
   *[other] { $n } more agencies.
}
today-move = Move online first
today-move-lead = People still come to the counter although they could file online. Print the leaflet and guide them right at the counter:
today-move-none = Every service for which people come to the counter has also been filed online.
