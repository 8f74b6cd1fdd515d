# Mail and SMS
mail-code = Your confirmation code is { $code }. It is valid for 10 minutes. Do not give it to anybody.
mail-code-subject = Your Một Cửa confirmation code
mail-subject = Request { $code }
mail-submitted = Request { $code } has been received. The one-stop will answer within 8 working hours. See: { $link }
mail-submitted-pay = Request { $code } has been received. Pay the fee online so that the one-stop can accept it: { $link }
mail-paid = { $amount } VND received for request { $code }. Receipt { $receipt }.
mail-accepted = Request { $code } has been accepted. Due { $due }. See: { $link }
mail-refused = Request { $code } was not accepted: { $reason } See: { $link }
mail-supplement = { $lacks ->
    [one] One item is missing from request { $code }. Add it at: { $link }
   *[other] { $lacks } items are missing from request { $code }. Add them at: { $link }
}
mail-ready = The result of request { $code } is ready. See: { $link }
mail-stopped = Processing of request { $code } was stopped: { $reason } See: { $link }
mail-annulled = Request { $code } was annulled: { $reason } What was paid will be refunded. See: { $link }
