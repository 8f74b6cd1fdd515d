# My papers
kho-title = My papers
kho-lead = Results that the province has given you, and papers that an officer has compared with the original. When you file another request, press “Use again” beside the paper: you need not take a photo again. Only you can use them.
kho-empty = There is nothing here yet. Each result given to you and each paper compared with its original is added here automatically.
kho-issued = Result of request { $code }, issued on { $day }
kho-compared = Compared with the original on { $at } by { $by }; request { $code }
kho-until = Can be used again until the end of { $day }
kho-expired = Could be used again until { $day }
kho-no-end = Can be used again, without an end date
kho-reuse = Use again
kho-offer = The province already has this paper: no photo or upload needed
kho-reused = Used again, from request { $code }
kho-reused-result = Result of the province, request { $code }
kho-compare = Mark as compared with the original
kho-compare-hint = Press only with the original in your hand and after it matched. The applicant can use this paper again in later requests.
kho-was-compared = Compared with the original: { $by }, { $at }
kho-event-compared = A paper was compared with its original
kho-not-reusable = This paper cannot be used again here: it has expired, was revoked, or is of another kind. Upload a file as usual.
