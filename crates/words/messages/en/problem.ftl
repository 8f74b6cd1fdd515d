# What is wrong at a field, and what would be right
problem-summary = Some answers need to be corrected
problem-required = This field needs an answer.
problem-paper-required = This paper must be attached.
problem-too-long = Too long: at most { $max } characters.
problem-not-a-number = Write digits only, for example 2.
problem-out-of-range = Write a number from { $min } to { $max }.
problem-date-format = Write day/month/year, for example 30/3/1985.
problem-date-no-such-day = This day does not exist in the calendar: check it.
problem-in-future = This day has not come yet: check the year.
problem-in-past = This day has passed: check it.
problem-not-a-choice = Choose one of the options.
problem-no-such-commune = This commune is not in the chosen district: choose the commune again.
problem-name-too-long = The name is too long: at most 25 syllables.
problem-name-character = A name cannot contain “{ $character }”: write letters only.
problem-person-id-digits = The identity number must have digits only.
problem-person-id-length = This number has { $digits } digits; a CCCD has 12, a CMND has 9.
problem-person-id-place = The first three digits are not the code of any province: check them.
problem-person-id-year = According to the identity number the year of birth is { $year }: check the number or the date of birth.
problem-person-id-sex = The identity number does not match the chosen sex: check both.
problem-tax-code-digit = One digit of the tax code is wrong: check it.
problem-tax-code-length = A tax code has 10 digits, that of a branch 13, that of a person 12.
problem-phone = Write a 10-digit phone number, such as 0912 345 678.
problem-email = Write an e-mail address, such as hoa@example.vn.
problem-too-few = { $min ->
    [one] At least one entry is needed.
   *[other] At least { $min } entries are needed.
}
problem-too-many = { $max ->
    [one] At most one entry is allowed.
   *[other] At most { $max } entries are allowed.
}
problem-unreadable = This is not right yet: check it again.
problem-paper-empty = The file is empty: choose another file.
problem-paper-too-large = The file is larger than { $max_mb } MB: take a smaller picture or split the file.
problem-paper-type = Only PDF, JPEG or PNG are accepted; this file is of another kind, whatever its name says.
problem-paper-encrypted = The PDF has a password: remove the password and send it again.
problem-paper-unknown = The form does not ask for this paper.
