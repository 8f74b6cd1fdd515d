# Plain phones: asking by SMS, calling
phone-state = HS { $code }: { $status }. { $next }
phone-until = You will hear by { $day } whether it is accepted.
phone-due = Due { $day }.
phone-supplement = { $n ->
    [one] One item is missing: a post office or the one-stop will tell you which.
   *[other] { $n } items are missing: a post office or the one-stop will tell you which.
}
phone-pay = Payment is needed first: ask a post office or the one-stop.
phone-ready-online = The result will appear in your account.
phone-ready-counter = Come to the one-stop with your identity card.
phone-ready-post = The post will bring it.
phone-neutral = No answer is possible: the code, the PIN or the phone number does not match the slip. Check the slip, or call { $hotline }.
phone-locked = A wrong PIN was sent 5 times; it is locked for 24 hours. Get a new PIN at a post office, or call { $hotline }.
phone-how = Send: HS, space, code of the request, space, PIN on the slip. For example: HS 000.24.12.H55-200330-0001 123456. Or call { $hotline }.
phone-menu = Callers
phone-title = Answer a caller
phone-lead = Ask the caller for two facts, then read the answer aloud. Do not read out names, identity numbers or anything from the form.
phone-ask-code = What is the code on the slip?
phone-ask-fact = The date of birth, or the last four digits of the phone number given in the form?
phone-missing = These two facts do not match. Ask again digit by digit; do not guess for the caller.
phone-no-more = Read out this part only.
phone-aloud-code = Request { $code }.
phone-aloud-service = Service: { $service }.
phone-aloud-state = At present: { $status }.
phone-demo = Test phone
phone-demo-lead = Send an SMS as from a plain phone. The code and the PIN are printed on the slip from the post office.
phone-demo-from = Sent from
phone-demo-text = Text of the message
phone-demo-send = Send
