# The board: /bang
board-title = Board
board-total = { $total ->
    [one] There is one request in the system.
   *[other] There are { $total } requests in the system.
}
board-now = Requests by state
board-clock = On time and late now
board-on-time = In progress, within the term
board-late = In progress, overdue
board-waiting = Waiting for the person's supplement
board-late-words = { $late } of the { $open } requests in progress are overdue ({ $share } %).
board-by-agency = Requests by agency
board-desc = One bar for each agency: first what is within the term; then, hatched, what is overdue; then what waits for the person; last, what has been returned. The table below has all the figures.
board-open = In progress
board-done = Returned
board-ended = Refused, withdrawn or stopped
board-all = Total
board-numbers = The figures of the chart
board-definition = In progress: filed, not returned yet and not waiting for the person's supplement. Overdue: past the time to accept (8 working hours) or past the due date. Each request counts once, at the agency that handles it.
board-nothing = There is no request yet.
board-adoption-title = Share filed online
board-from = From month
board-to = to month
board-show = Show
board-month = Month
board-service = Service
board-online-share = Online
board-level-four-share = Level 4
board-online-self = Filed by the person
board-online-assisted = Filed by the post office
board-at-counter = At the counter
board-online-words = filed online: { $online } of { $total } requests
board-level-four-words = online at level 4: { $n } requests
board-concentration = services make up 80 % of the requests filed online
board-unused = Open online, used by nobody
board-unused-lead = Where people still come to the counter although they could file online. The most visits come first: guide people there first.
board-unused-none = None. Every service open online has been filed online.
board-unused-more = { $n ->
    [one] One more row.
   *[other] { $n } more rows.
}
board-by-month = By month
board-by-service = By service
board-adoption-definition = Online: filed by the person on the portal, or for the person at a post office (Decision 45/2016/QĐ-TTg). Level 4: services that can be paid for online (Circular 32/2017/TT-BTTTT). Each request counts once, in the month it was filed and at the agency that handles it.
board-open-figures = Open figures (CSV)
