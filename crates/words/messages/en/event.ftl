# What happened, as sentences
event-submitted = The request was filed
event-submitted-at-post = A post office filed the request for the person
event-payment-received = Payment was received
event-accepted = The one-stop accepted the request
event-refused = The one-stop refused the request
event-supplement-requested = A supplement was requested; the clock is paused
event-supplemented = The person sent the supplement; the clock runs again
event-withdrawn = The person withdrew the request
event-forwarded = Forwarded to the department
event-step-done = The specialist finished this step
event-sent-back = The leader sent it back to the step before
event-approved = The leader approved the result
event-result-returned = The result was given
event-stopped = Processing was stopped
event-handed-over = The old agency has closed; its successor continues with the request
event-annulled = The request was annulled
