# The board
board-title = Requests in the province
board-total = { $total } requests
board-by-agency = By agency
board-desc = One row an agency: dark is open, light is done. The numbers are in the table.
board-open = Open
board-done = Done
board-ended = Refused, withdrawn, stopped
board-definition = A request counts once, at the agency that settles it, by its present state.
