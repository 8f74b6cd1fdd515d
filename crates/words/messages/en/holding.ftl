# Who holds a dossier, who acts for an absent colleague
holding-holder = Held by
holding-nobody = Nobody yet
holding-assigned = Assigned to an officer
holding-take = Take this request
holding-assign = Assign to somebody else
holding-to = Assign to
holding-reason = Reason
holding-reason-hint = Required when somebody already holds the request.
holding-choose = Choose somebody
holding-holds = { $name } – holds { $n }
holding-holds-absent = { $name } – absent, holds { $n }
holding-in-place = You are standing in for { $name }; the journal records both names.
holding-refusal-held = { $name } holds this request. The leader can assign it to somebody else.
holding-refusal-officer = { $name } does not work at this step: choose somebody of the same agency with the role of this step.
holding-page = Stand-ins during absence
holding-page-lead = The stand-in can do the absent officer's steps during the period that the leader approved. The journal records “who stands in, and for whom”.
holding-absent = Who is absent
holding-substitute = Stand-in
holding-from = From
holding-until = Until the end of
holding-ask = Ask for a stand-in
holding-ask-head = Name a stand-in
holding-list = Current and coming
holding-none = No stand-in has been named yet.
holding-state = State
holding-state-asked = Waiting for the leader
holding-state-approved = Approved
holding-state-refused = Not approved
holding-state-ended = Ended
holding-approve = Approve
holding-refuse = Do not approve
holding-end = End early
holding-problem-people = Choose two different people of the agency.
holding-problem-period = Wrong dates: write them like 30/3/2020; the end must not be before the start, must not be past, and must be at most half a year later.
holding-problem-reason = Write a reason of at most 500 characters.
holding-gone = This has already been dealt with.
holding-hand-over = Hand over all requests
holding-hand-over-lead = Assign all requests that one officer holds to somebody else, or spread them over those who hold the fewest.
holding-hand-over-of = Requests of
holding-to-lightest = Spread over those who hold the fewest
holding-hand-over-do = Hand over
holding-handed = { $n ->
    [one] One request handed over.
   *[other] { $n } requests handed over.
}
holding-handed-left = Not handed over: { $codes }.
