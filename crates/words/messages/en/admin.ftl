# Administration: /quan-tri
admin-title = Administration
admin-lead = Automatic jobs and messages. No request can be seen on this page.
admin-waiting = jobs waiting
admin-dead = jobs given up
admin-sent-count = sent, of the latest 100 messages
admin-failed-count = failed, of the latest 100 messages
admin-dead-title = Jobs given up
admin-dead-none = No job has been given up.
admin-job-notify = Notify the person
admin-job-code = Send a confirmation code
admin-attempts = { $count ->
    [one] tried once
   *[other] tried { $count } times
}
admin-replay = Try again
admin-discard = Discard
admin-discard-sure = Discard for good
admin-messages = Latest messages
admin-messages-none = No message has been sent yet.
admin-recipients-hidden = Recipients are partly hidden.
admin-when = When
admin-channel = Channel
admin-channel-mail = E-mail
admin-channel-sms = SMS
admin-recipient = Recipient
admin-subject = About
admin-sent = sent
admin-failed = failed
admin-gone = This job is no longer in the list: somebody else dealt with it.
admin-off = not sent: this channel is not set up yet
