# Administration
admin-title = Administration
admin-waiting = jobs waiting
admin-dead = jobs given up
admin-dead-title = Jobs given up
admin-attempts = { $n } attempts
admin-replay = Try again
admin-messages = Messages
admin-when = When
admin-channel = Channel
admin-recipient = To
admin-sent = sent
admin-failed = failed
