# Telling people: /tai-khoan/bao-tin
tell-title = How I want to be told
tell-lead = A message contains only the code of the request and a link; sign in to read what is in the request.
tell-channels = Tell me by
tell-sms = SMS
tell-mail = E-mail
tell-moments = Tell me when
tell-always = You are always told, whatever you choose above.
tell-moment-received = A request was received, accepted or refused
tell-moment-pay = Money is due, was paid or is refunded
tell-moment-missing = A supplement or payment is needed first, or a result was revoked
tell-moment-ready = The result is ready, or the request has ended
tell-moment-late = The due date changed
tell-moment-parcel = A parcel moves
tell-language = Language of messages
