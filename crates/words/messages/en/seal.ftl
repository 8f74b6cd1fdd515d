# Seals over the journal: /quan-tri/niem-phong
seal-title = Seals of the journal
seal-lead = At the end of each day, all changes made to requests that day are locked by a string of 64 characters, linked to that of the day before. If anybody later changes, removes or adds a line, the string of that day no longer matches.
seal-use = Copy today's string into the minutes or publish it: it proves every day before it. A day without changes has no seal. To check them all, run on the server:
seal-none = No day has been sealed yet. Today will be sealed after midnight.
seal-day = Day
seal-number = Number
seal-dossiers = Requests that changed
seal-lines = Lines of the journal
seal-hash = Seal
seal-at = Sealed at
