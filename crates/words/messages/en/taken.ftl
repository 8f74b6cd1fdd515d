# Who takes a result, and annulling
taken-digits = Last digits of the taker’s identity card
taken-digits-hint = At least the last four.
taken-paper = Number of the signed slip (if signed on paper)
taken-picture = Picture of the signature (PNG or JPEG, at most 1 MB)
taken-digits-line = card …{ $digits }
taken-paper-line = signed slip { $number }
taken-signature = See the taker’s signature
taken-annul = Annul the dossier
taken-annul-hint = For one filed twice or by mistake. All of it is kept to be read, nothing of it is counted; what was paid goes back.
taken-annul-reason = Why it is annulled
