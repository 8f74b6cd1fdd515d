# My papers
kho-title = My papers
kho-lead = Results the province gave you and papers an officer compared with the original. When you file again, press “Use again” beside the paper: no new photo. Only you can use them.
kho-empty = There is nothing here yet. Each result you are given and each paper compared with its original comes here by itself.
kho-issued = Result of request { $code }, issued { $day }
kho-compared = Compared with the original { $at } by { $by }; request { $code }
kho-until = Serves again until { $day }
kho-expired = Served until { $day }
kho-no-end = Serves again, without end
kho-reuse = Use again
kho-offer = The province has this paper: no photo, no upload needed
kho-reused = Used again, from request { $code }
kho-reused-result = A result of the province, request { $code }
kho-compare = Compared with the original
kho-compare-hint = Press only with the original in your hand. The applicant may use this paper again.
kho-was-compared = Compared with the original: { $by }, { $at }
kho-event-compared = A paper was compared with its original
kho-not-reusable = This paper does not serve here: it is out of date, was revoked, or is of another kind. Upload a file as usual.
