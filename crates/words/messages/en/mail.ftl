# Mail and SMS
mail-code = Your code is { $code }. It is good for 10 minutes. Give it to nobody.
mail-code-subject = Your Một Cửa code
mail-subject = Request { $code }
mail-submitted = Request { $code } was filed. The one-stop answers within 8 working hours. See: { $link }
mail-submitted-pay = Request { $code } was filed. Pay the fee online so that it can be accepted: { $link }
mail-paid = { $amount } VND received for request { $code }. Receipt { $receipt }.
mail-accepted = Request { $code } was accepted. Due { $due }. See: { $link }
mail-refused = Request { $code } was not accepted: { $reason } See: { $link }
mail-supplement = Request { $code } lacks { $lacks } things. Add them at: { $link }
mail-ready = The result of request { $code } is ready. See: { $link }
mail-stopped = Request { $code } was ended: { $reason } See: { $link }
mail-annulled = Request { $code } was annulled: { $reason } What was paid goes back. See: { $link }
