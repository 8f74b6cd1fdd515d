# Searches without a hit
missed-title = Searches without a hit
missed-lead = What people typed and no service answered to. Add it to what people ask, or to the synonyms, and it is found the next time.
missed-none = None yet.
missed-words = Words (without marks)
missed-times = Times
missed-last = Last
missed-forget = Take off the list
missed-nearest = No service matches. Perhaps you need:
missed-call = Still not found? Call { $hotline }.
