# Years on the board: /bang/cac-nam
years-title = Years
years-lead = Requests of the whole province by year: years counted in this system, and earlier years imported from reports.
years-chart = Two columns for each year: all requests, and those filed online. The table below has all the figures.
years-year = Year
years-all = All requests
years-online = Filed online
years-share = Share online
years-level-four = Level 4
years-level-four-share = Share at level 4
years-from = Source of the figures
years-counted-here = Counted here
years-brought-in = Imported: { $source }
years-definition = Online: filed by the person on the portal, or for the person at a post office. Level 4: services that can be paid for online (Circular 32/2017/TT-BTTTT). Shares are out of all requests of the year.
years-bring-in = Import figures of an earlier year
years-how = A table as CSV (UTF-8) or XLSX, one figure on each line; a line with the channel “tong” is the total of the year, for checking. A new file replaces the figures of the years it contains.
years-template = Download the template
years-source = Where the figures come from
years-file = File
years-take = Check and import
years-imports = Files imported
years-by = Imported by
years-lines = Number of lines
years-held = { $held } of { $lines } lines still in use
years-taken = { $n ->
    [one] One line imported.
   *[other] { $n } lines imported.
}
years-nothing-new = This file was imported before: nothing changed.
years-not-taken = Nothing has been imported. Correct the following, then choose the file again:
years-more-problems = { $n ->
    [one] One more place.
   *[other] { $n } more places.
}
years-no-file = Choose a CSV or XLSX file.
years-no-source = Say where the figures come from, such as: Report 12/BC-UBND of 15/1/2019.
years-line = Line { $line }: { $what }
years-wrong-unreadable = The file cannot be read: save it again as CSV UTF-8 or XLSX.
years-wrong-no-column = column { $column } is missing; the columns needed are: { $columns }.
years-wrong-empty = The file has no line of figures.
years-wrong-too-long = The file is too long: split it into files of fewer than 100,000 lines.
years-wrong-number = column { $column } says “{ $typed }”: write a whole number, not negative, without points or commas.
years-wrong-year = year “{ $typed }” is wrong: write four digits, from 2000.
years-wrong-month = month “{ $typed }” is wrong: write 1 to 12, or leave it empty for the whole year.
years-wrong-agency = there is no agency “{ $typed }”: write its code or its full name as in the catalogue; if several agencies share the name, write the code.
years-wrong-procedure = no service has the code “{ $typed }”.
years-wrong-channel = channel “{ $typed }” is wrong: write truc_tuyen, buu_dien, quay, or tong for the checking line.
years-wrong-level = level “{ $typed }” is wrong: write 3, 4 or leave it empty.
years-wrong-doubled = repeats line { $first }: same year, month, agency, service, channel and level.
years-wrong-sum = the total says { $said }, but the lines of the year add up to { $counted }.
