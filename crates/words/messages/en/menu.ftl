# The menu of each door
menu-label = Your menu
menu-inbox = Requests
menu-counter = File at the counter
menu-board = Overview
menu-adoption = Filed online
menu-post = Receive and follow
menu-outbox = Automatic jobs
menu-books = Books
menu-movements = Money journal
menu-refunds = Refunds
menu-till = Close the till
menu-treasury = Report to the treasury
menu-reconcile = Reconciliation
menu-catalogue = Catalogue
menu-missed = Searches not found
