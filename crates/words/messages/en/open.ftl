# Open figures: /so-lieu
open-title = Open figures
open-lead = How many requests are filed each month, and how. For everybody to see and use.
open-files = Download
open-by-month = the whole province by month, level and way of filing, for the last five years.
open-by-service = each agency, each service, each month; add ?thang=2020-03 to get one month only.
open-columns = What the columns mean
open-col-month = Month, written like 2020-03, Vietnamese time.
open-col-level = Level of the service at the time of filing: 3 or 4.
open-col-channel = online: by the person; post: online for the person at a post office; counter: at a counter.
open-col-n = Requests filed in the month. Numbers from 1 to below { $small } are hidden (written <{ $small }, in JSON null) so that nobody can be identified.
open-col-codes = Codes of the agency that handles the request and of the service, as in the catalogue.
open-col-ways = Requests filed in each of the three ways.
open-col-settled = Requests completed in the month.
open-licence = Free to reuse, if you name the source.
open-satisfaction = whether people are satisfied, by agency, for the last twelve months; agencies with few answers are left out.
open-col-content = Number of answers; how many in a thousand are “Satisfied”; the 95 % confidence range, also in a thousand.
