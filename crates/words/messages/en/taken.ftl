# Who takes a result, and annulling
taken-digits = Last digits of the receiver's identity card
taken-digits-hint = At least the last four digits of the CCCD or CMND.
taken-paper = Number of the signed slip (if signed on paper)
taken-picture = Photo of the signature (PNG or JPEG, at most 1 MB)
taken-digits-line = identity card …{ $digits }
taken-paper-line = signed slip { $number }
taken-signature = See the receiver's signature
taken-annul = Annul the request
taken-annul-hint = For a request filed twice or by mistake. The request and everything done with it are kept for reading but not counted in the figures; what was paid is refunded.
taken-annul-reason = Reason for annulling it
