# Searches without a hit
missed-title = Searches not found
missed-lead = What people typed without finding any service. Add it to the questions people ask or to the synonyms of the catalogue, so that it is found next time.
missed-none = None yet.
missed-words = Words typed (without marks)
missed-times = Times
missed-last = Last time
missed-forget = Remove from the list
missed-nearest = No service matches. You may need:
missed-call = Still not found? Call { $hotline }: somebody will help you.
