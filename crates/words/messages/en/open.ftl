# Open figures: /so-lieu
open-title = Open figures
open-lead = How many requests are filed each month, and how. For everybody to see and use.
open-files = Download
open-by-month = the province by month, level and way of filing, the last five years.
open-by-service = each agency, each service, each month; add ?thang=2020-03 for one month.
open-columns = What the columns mean
open-col-month = Month as 2020-03, Vietnamese time.
open-col-level = Level of the service when filed: 3 or 4.
open-col-channel = online: by the person; post: online for her at a post office; counter: at a counter.
open-col-n = Requests filed in the month. Numbers from 1 to below { $small } are hidden (written <{ $small }, in JSON null) so that nobody can be found.
open-col-codes = Codes of the agency that settles and of the service, as in the catalogue.
open-col-ways = Requests filed in three ways.
open-col-settled = Requests settled in the month.
open-licence = Free to use, naming the source.
open-satisfaction = whether people are content, by agency, the last twelve months; agencies with few answers are left out.
open-col-content = Answers; how many of a thousand are "Content"; the 95 % confidence range, also of a thousand.
