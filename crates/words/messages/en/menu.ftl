# The menu of each door
menu-label = Your menu
menu-inbox = Dossiers
menu-counter = File at the counter
menu-board = Overview
menu-adoption = Filed online
menu-post = Take in and follow
menu-outbox = Background work
menu-books = Books
menu-movements = Movements
menu-refunds = Refunds
menu-till = Close of the day
menu-treasury = Report to the treasury
menu-reconcile = Reconciliation
menu-catalogue = Catalogue
menu-missed = Searches without a hit
