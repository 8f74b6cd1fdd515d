# Every door
common-brand = Một Cửa · Thái Nguyên
common-skip = Skip to the main content
common-menu = Menu
common-services = Services
common-track = Track a request
common-my = My requests
common-sign-in = Sign in
common-sign-up = Sign up
common-sign-out = Sign out
common-hotline = Hotline
common-demo-note = Demo: nothing here has legal force.
common-demo-people = Demo people
common-demo-mail = Demo mailbox
common-save = Save
common-continue = Save and continue
common-back = Back
common-send = Send
common-search = Search
common-cancel = Cancel
common-delete = Remove
common-open = Open
common-print = Print
common-next-page = Next page
common-yes = Yes
common-no = No
common-optional = optional
common-money = { $amount } VND
common-monday = Monday
common-tuesday = Tuesday
common-wednesday = Wednesday
common-thursday = Thursday
common-friday = Friday
common-saturday = Saturday
common-sunday = Sunday
common-late-today = overdue since today
common-late-days = { $days ->
    [one] 1 working day overdue
   *[other] { $days } working days overdue
}
common-due-today = due today, { $time }
common-days-left = { $days ->
    [one] 1 working day left
   *[other] { $days } working days left
}
common-term-hours = { $n ->
    [one] 1 working hour
   *[other] { $n } working hours
}
common-term-working-days = { $n ->
    [one] 1 working day
   *[other] { $n } working days
}
common-term-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
common-term-months = { $n ->
    [one] 1 month
   *[other] { $n } months
}
common-term-same-day = the same day (if received after { $hour }:00, the next working day)
common-way-online = As a file in your account
common-way-counter = At the counter
common-way-post = By post to your home
common-cash = Cash
common-vnpay = Online through VNPAY
common-granted = Granted
common-denied = Denied
common-station-done = done
common-station-now = here now
common-station-next = still to come
common-nothing = Nothing here yet.
common-code = Code
common-service = Service
common-applicant = Applicant
common-state = State
common-filed-at = Filed
common-deadline = Due
common-agency = Agency
common-history = What has happened
common-papers = Papers
common-answers = Form
common-fee = Fee
common-no-fee = Nothing to pay
common-paid = paid
common-unpaid = not paid yet
