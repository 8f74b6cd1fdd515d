# The board: /bang
board-title = Board
board-total = There are { $total } dossiers in the system.
board-now = Dossiers by state
board-clock = On time and late now
board-on-time = Being settled, in time
board-late = Being settled, overdue
board-waiting = Waiting on the person
board-late-words = { $late } of { $open } dossiers being settled are overdue ({ $share } %).
board-by-agency = Dossiers by agency
board-desc = One bar per agency: first what is in time, then, hatched, what is overdue, then what waits on the person, last what was returned. The table below has all the numbers.
board-open = Being settled
board-done = Returned
board-ended = Refused, withdrawn or stopped
board-all = In all
board-numbers = The numbers of the chart
board-definition = Being settled: filed, not yet returned, and not waiting on the person. Overdue: past the time to accept (8 working hours) or past the due date. Each dossier counts once, at the agency that settles it.
board-nothing = There is no dossier yet.
