# Error pages
errors-sign-in = Sign in first
errors-sign-in-remedy = Sign in and go on; what was saved is kept.
errors-forbidden = This page is not for you
errors-forbidden-remedy = Sign in with an account that may, or go back to the start.
errors-not-found = Not found
errors-not-found-remedy = Check the code, the last four digits of the phone, or the address. The hotline helps.
errors-too-often = Too many tries
errors-too-often-remedy = Wait a minute and try again.
errors-bad-request = The request cannot be read
errors-bad-request-remedy = Go back and send it again. Files must be smaller than 20 MB.
errors-refused = This did not go through
errors-unavailable = Not available right now
errors-unavailable-remedy = What was saved is kept. Wait a minute and try again.
errors-internal = Something went wrong on our side
errors-internal-remedy = What was saved is kept. The fault was noted; try again or call the hotline.
