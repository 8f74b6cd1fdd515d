# Telling people: /tai-khoan/bao-tin
tell-title = How I want to be told
tell-lead = A message holds the code of the request and a link; what is in the request is read after signing in.
tell-channels = By
tell-sms = SMS
tell-mail = Mail
tell-moments = When
tell-always = Always told, whatever you chose above.
tell-moment-received = A request was received, accepted or not
tell-moment-pay = Money is due, was paid or goes back
tell-moment-missing = Something is missing, to be paid first, or a result was revoked
tell-moment-ready = The result is there, or the request ended
tell-moment-late = The due date changed
tell-moment-parcel = Where a parcel is
tell-language = Language of messages
