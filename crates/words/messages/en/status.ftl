# Where a dossier stands
status-filed = Filed
status-accepted = Accepted
status-in-process = Being processed
status-awaiting-supplement = Waiting for supplement
status-approved = Result ready
status-returned = Result given
status-refused = Not accepted
status-withdrawn = Withdrawn
status-stopped = Stopped
status-annulled = Annulled
