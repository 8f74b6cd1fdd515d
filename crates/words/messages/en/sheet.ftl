# A service's sheet, its leaflet, and how it is found
sheet-needs = What do I need?
sheet-needs-unknown = No public source lists the papers yet; call { $hotline } to ask before you go.
sheet-needs-nothing = Only the form.
sheet-needs-count = { $count ->
    [one] One paper, named below
   *[other] { $count } papers, named below
}
sheet-leaflet = Print as an A4 leaflet
sheet-back = Back to the service
sheet-scan = Scan to open this page and file from home:
sheet-call = Questions: { $hotline }
sheet-filter = Filter the list
sheet-filter-field = Field
sheet-filter-agency = Agency
sheet-filter-level = Level
sheet-filter-life = Life event
sheet-filter-whole = Only services that can be filed on this site
sheet-filter-any = All
sheet-filter-apply = Filter
sheet-filter-clear = Clear the filter
sheet-found-count = { $count ->
    [0] No service
    [one] One service
   *[other] { $count } services
}
sheet-nearest = No service meets every condition. Clear the filter, try other words, or call { $hotline }.
sheet-suggestions = Suggestions
