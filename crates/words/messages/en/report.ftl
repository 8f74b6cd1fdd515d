# Periodic reports: /bang/bao-cao
report-menu = Periodic reports
report-title = Report on how requests are handled (form II.06a)
report-period = Period
report-own = The province, or your own agency
report-province = The province
report-quarter = Quarter { $quarter } of { $year } ({ $from } – { $to })
report-half = First half of { $year } ({ $from } – { $to })
report-year = Year { $year } ({ $from } – { $to })
report-received = Received: total
report-online = in the period, online
report-other = in the period, in person or by post
report-carried = carried over from the period before
report-settled = Completed: total
report-early = early
report-on-time = on time
report-late = late
report-running = In progress: total
report-in-time = within the term
report-running-late = overdue now
report-sum = Total
report-nothing = No requests in this period yet.
report-xlsx = Workbook (XLSX)
report-send = Keep as a sent report
report-kept = Reports sent
report-none = No report has been sent yet.
report-unchanged = Counted again today: nothing differs.
report-changed = { $n ->
    [one] Counted again today: one figure differs from the report sent
   *[other] Counted again today: { $n } figures differ from the report sent
}
report-corrected = { $field }, { $column }: sent { $sent }, now { $now }
report-definition = After form II.06a/VPCP/KSTT of Circular 01/2020/TT-VPCP. Figures close on the 14th (Article 12 of Decree 09/2019/NĐ-CP). Received: counted from acceptance by the one-stop. Completed: when the leader signs the result. Requests that the applicant withdraws after acceptance count neither as completed nor as in progress. Overdue now: due before the end of the period and still not completed. A report that has been sent stays as it is; figures that differ now are shown beside it.
report-compare = Compare with the current figures
