# A head's morning: /bang/hom-nay
today-menu = Today
today-title = Today
today-late = Late now
today-late-none = Nothing is late.
today-late-sum = { $n } requests are late; those that wait longest come first.
today-was-due = Was due
today-due = { $n } requests are due before the day ends.
today-open-desk = Open the queue
today-asked = Asked of you
today-asked-none = No directive waits for an answer or is behind.
today-more = { $n } more agencies.
today-move = Move online first
today-move-lead = People still come to the counter though they could file online. Print the leaflet and show them at the counter:
today-move-none = Every service that people come to the counter for has been used online.
