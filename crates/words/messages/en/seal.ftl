# Seals over the journal: /quan-tri/niem-phong
seal-title = Seals of the journal
seal-lead = At the end of each day all changes of that day are locked by 64 characters, linked to those of the day before. Who changes, removes or adds a line later makes the seal of that day fail.
seal-use = Write today's seal into a record or publish it: it proves every day before it. A day without changes has no seal. To check them all, run on the server:
seal-none = No day is sealed yet. Today is sealed after midnight.
seal-day = Day
seal-number = Number
seal-dossiers = Requests that changed
seal-lines = Lines of the journal
seal-hash = Seal
seal-at = Sealed at
