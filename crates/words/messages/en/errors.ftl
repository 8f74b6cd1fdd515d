# Error pages
errors-sign-in = Sign in first
errors-sign-in-remedy = Sign in and continue; what was saved is kept.
errors-forbidden = This page is not for you
errors-forbidden-remedy = Sign in with an account that has access, or go back to the home page.
errors-not-found = Not found
errors-not-found-remedy = Check the code of the request, the last four digits of the phone number, or the address of the page. If you need help, call the hotline.
errors-too-often = Too many tries
errors-too-often-remedy = Wait a minute and try again.
errors-bad-request = What you sent cannot be read
errors-bad-request-remedy = Go back to the page before and send it again. Files must be smaller than 20 MB.
errors-refused = This could not be done
errors-unavailable = Not available right now
errors-unavailable-remedy = What was saved is kept. Wait a minute and try again.
errors-internal = Something went wrong on our side
errors-internal-remedy = What was saved is kept. The fault has been recorded; try again or call the hotline.
