# What happened, as sentences
event-submitted = The request was filed
event-payment-received = Money was received
event-accepted = The one-stop accepted the request
event-refused = The one-stop did not accept it
event-supplement-requested = More was asked for; the clock stands still
event-supplemented = The answer came; the clock runs again
event-withdrawn = The request was taken back
event-forwarded = Handed to the department
event-step-done = A step was done
event-sent-back = Sent back a step
event-approved = The result was approved
event-result-returned = The result was given
event-stopped = Ended by decision
event-handed-over = The organisation changed; the agency that took over goes on with it
event-annulled = Annulled
