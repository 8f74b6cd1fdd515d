//! How things are said: dates, money, states, problems.

use jiff::Timestamp;
use jiff::civil::Weekday;
use motcua_model::clock::{Calendar, Term, local};
use motcua_model::dossier::{Channel, Dossier, Outcome, PaymentMethod, Refusal, ReturnWay, Reused, Status};
use motcua_model::form::{Problem, Reason};
use motcua_model::identifier::{DateError, PersonIdError, TaxCodeError};
use motcua_model::publication::{PublicationRefusal, PublicationState};
use motcua_model::text::NameError;
use motcua_office::error::{AccountProblem, OfficeError, PaperProblem, PublicationProblem};
use motcua_words::{Lang, Words};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A value inside an address.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// `135.000 đồng`.
pub fn money(w: Words, vnd: u64) -> String {
    let digits = vnd.to_string();
    let mut text = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(if w.0 == Lang::Vi { '.' } else { ',' });
        }
        text.push(c);
    }
    w.common_money(text)
}

/// The name of a day of the week.
pub fn weekday(w: Words, day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => w.common_monday(),
        Weekday::Tuesday => w.common_tuesday(),
        Weekday::Wednesday => w.common_wednesday(),
        Weekday::Thursday => w.common_thursday(),
        Weekday::Friday => w.common_friday(),
        Weekday::Saturday => w.common_saturday(),
        Weekday::Sunday => w.common_sunday(),
    }
}

/// `thứ Hai, 30/3/2020`.
pub fn day(w: Words, at: Timestamp) -> String {
    let at = local(at);
    format!("{}, {}", weekday(w, at.weekday()), at.strftime("%-d/%-m/%Y"))
}

/// `17:00 thứ Hai, 30/3/2020`.
pub fn moment(w: Words, at: Timestamp) -> String {
    format!("{} {}", local(at).strftime("%-H:%M"), day(w, at))
}

/// Short, for tables: `30/3/2020 17:00`.
pub fn short(at: Timestamp) -> String {
    local(at).strftime("%-d/%-m/%Y %-H:%M").to_string()
}

/// How long until a deadline, in words: `còn 2 ngày làm việc`.
pub fn left(w: Words, calendar: &Calendar, now: Timestamp, deadline: Timestamp) -> String {
    let days = calendar.working_days_left(now, deadline).unwrap_or(0);
    if deadline < now {
        return match -days {
            0 => w.common_late_today().to_owned(),
            n => w.common_late_days(n),
        };
    }
    match days {
        0 => w.common_due_today(local(deadline).strftime("%-H:%M")),
        n => w.common_days_left(n),
    }
}

/// How urgent a deadline is: `late`, `today`, `soon` or `calm`; said in words too, never by colour alone.
pub fn urgency(calendar: &Calendar, now: Timestamp, deadline: Timestamp) -> &'static str {
    if deadline < now {
        return "late";
    }
    match calendar.working_days_left(now, deadline) {
        Ok(0) => "today",
        Ok(1) => "soon",
        _ => "calm",
    }
}

/// How long the law gives.
pub fn term(w: Words, term: Term) -> String {
    match term {
        Term::WorkingHours(n) => w.common_term_hours(n),
        Term::WorkingDays(n) => w.common_term_working_days(n),
        Term::CalendarDays(n) => w.common_term_days(n),
        Term::Months(n) => w.common_term_months(n),
        Term::SameDay { cutoff_hour } => w.common_term_same_day(cutoff_hour),
    }
}

/// A status by its stored name.
pub fn status(w: Words, status: &str) -> &'static str {
    match status {
        "filed" => w.status_filed(),
        "accepted" => w.status_accepted(),
        "in_process" => w.status_in_process(),
        "awaiting_supplement" => w.status_awaiting_supplement(),
        "awaiting_payment" => w.clock_status_payment(),
        "approved" => w.status_approved(),
        "returned" => w.status_returned(),
        "refused" => w.status_refused(),
        "withdrawn" => w.status_withdrawn(),
        "annulled" => w.status_annulled(),
        _ => w.status_stopped(),
    }
}

/// An event by its kind, as a sentence.
pub fn event(w: Words, kind: &str) -> &'static str {
    match kind {
        "submitted" => w.event_submitted(),
        "payment_received" => w.event_payment_received(),
        "fee_changed" => w.money_event_fee_changed(),
        "surplus_received" => w.money_event_surplus(),
        "refund_proposed" => w.money_event_refund_proposed(),
        "refund_approved" => w.money_event_refund_approved(),
        "refund_rejected" => w.money_event_refund_rejected(),
        "refund_paid" => w.money_event_refund_paid(),
        "refund_failed" => w.money_event_refund_failed(),
        "charged_back" => w.money_event_charged_back(),
        "accepted" => w.event_accepted(),
        "refused" => w.event_refused(),
        "supplement_requested" => w.event_supplement_requested(),
        "supplemented" => w.event_supplemented(),
        "withdrawn" => w.event_withdrawn(),
        "forwarded" => w.event_forwarded(),
        "step_done" => w.event_step_done(),
        "sent_back" => w.event_sent_back(),
        "approved" => w.event_approved(),
        "result_returned" => w.event_result_returned(),
        "extended" => w.clock_event_extended(),
        "apologised" => w.clock_event_apologised(),
        "payment_asked" => w.clock_event_payment_asked(),
        "payment_confirmed" => w.clock_event_payment_confirmed(),
        "due_recomputed" => w.clock_event_recomputed(),
        "handed_over" => w.event_handed_over(),
        "paper_compared" => w.kho_event_compared(),
        "result_signed" => w.sign_event_signed(),
        "result_revoked" => w.sign_event_revoked(),
        "result_replaced" => w.sign_event_replaced(),
        "consent_given" => w.assisted_event_given(),
        "consent_revoked" => w.assisted_event_revoked(),
        "assigned" => w.holding_assigned(),
        "opinions_asked" => w.opinion_event_asked(),
        "opinion_given" => w.opinion_event_given(),
        "opinion_silent" => w.opinion_event_silent(),
        "annulled" => w.event_annulled(),
        kind if kind.starts_with("parcel_") => crate::parcel::event(w, kind),
        _ => w.event_stopped(),
    }
}

/// What happened to a dossier, as a sentence: a post office that filed it for the person is named as who did.
pub fn happened(w: Words, channel: Channel, kind: &str) -> &'static str {
    match (channel, kind) {
        (Channel::Post, "submitted") => w.event_submitted_at_post(),
        _ => event(w, kind),
    }
}

/// A way of giving the result.
pub fn way(w: Words, way: ReturnWay) -> &'static str {
    match way {
        ReturnWay::Online => w.common_way_online(),
        ReturnWay::Counter => w.common_way_counter(),
        ReturnWay::Post => w.common_way_post(),
    }
}

/// A way of paying.
pub fn method(w: Words, method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Cash => w.common_cash(),
        PaymentMethod::Vnpay => w.common_vnpay(),
        PaymentMethod::Vietqr => w.money_vietqr(),
        PaymentMethod::Transfer => w.money_transfer(),
    }
}

/// What came out.
pub fn outcome(w: Words, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => w.common_granted(),
        Outcome::Denied => w.common_denied(),
    }
}

/// A station of the line that shows where a dossier is.
#[derive(Clone, Debug)]
pub struct Station {
    /// What is shown.
    pub label: &'static str,
    /// `done`, `now` or `next`.
    pub state: &'static str,
    /// The state in words, for who does not see colours.
    pub said: &'static str,
}

/// The line of stations: filed, accepted, in process, approved, returned; an end off the line takes the place of what
/// would have come.
pub fn stations(w: Words, d: &Dossier) -> Vec<Station> {
    let at = match d.status {
        Status::Filed => 0,
        Status::AwaitingSupplement { .. } if d.accepted_at.is_none() => 0,
        Status::Accepted => 1,
        Status::InProcess(_) | Status::AwaitingSupplement { .. } | Status::AwaitingPayment { .. } => 2,
        Status::Approved => 3,
        Status::Returned => 5,
        Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled => 9,
    };
    let station = |label, state: &'static str| Station {
        label,
        state,
        said: match state {
            "done" => w.common_station_done(),
            "now" => w.common_station_now(),
            _ => w.common_station_next(),
        },
    };
    if at == 9 {
        let accepted = d.accepted_at.map(|_| station(w.status_accepted(), "done"));
        let end = station(status(w, d.status.as_str()), "now");
        return [Some(station(w.status_filed(), "done")), accepted, Some(end)]
            .into_iter()
            .flatten()
            .collect();
    }
    [
        w.status_filed(),
        w.status_accepted(),
        w.status_in_process(),
        w.status_approved(),
        w.status_returned(),
    ]
    .into_iter()
    .enumerate()
    .map(|(i, label)| {
        station(
            label,
            if i < at || at == 5 {
                "done"
            } else if i == at {
                "now"
            } else {
                "next"
            },
        )
    })
    .collect()
}

/// What is wrong at a field, and what would be right.
pub fn problem(w: Words, p: &Problem) -> String {
    if let Reason::Refused(why) = &p.reason {
        return why.get(w.0).to_owned();
    }
    if let Reason::PlaceGone { name, until, now } = &p.reason {
        let now: Vec<&str> = now.iter().map(|name| name.get(w.0)).collect();
        let (name, until) = (name.get(w.0), until.strftime("%-d/%-m/%Y"));
        return match now[..] {
            [] => w.answer_place_gone(name, until),
            [one] => w.answer_place_is_now(name, one, until),
            _ => w.answer_place_was_split(name, now.join(", "), until),
        };
    }
    match p.reason {
        Reason::Required => w.problem_required().to_owned(),
        Reason::PaperRequired => w.problem_paper_required().to_owned(),
        Reason::TooLong { max } => w.problem_too_long(max),
        Reason::NotANumber => w.problem_not_a_number().to_owned(),
        Reason::OutOfRange { min, max } => w.problem_out_of_range(max, min),
        Reason::Date(DateError::Format) => w.problem_date_format().to_owned(),
        Reason::Date(DateError::NoSuchDay) => w.problem_date_no_such_day().to_owned(),
        Reason::MonthMissing => w.answer_month_missing().to_owned(),
        Reason::InFuture => w.problem_in_future().to_owned(),
        Reason::InPast => w.problem_in_past().to_owned(),
        Reason::NotAChoice => w.problem_not_a_choice().to_owned(),
        Reason::NoSuchCommune => w.problem_no_such_commune().to_owned(),
        Reason::Name(NameError::Empty) => w.problem_required().to_owned(),
        Reason::Name(NameError::TooLong) => w.problem_name_too_long().to_owned(),
        Reason::Name(NameError::BadCharacter(c)) => w.problem_name_character(if c.is_control() { '?' } else { c }),
        Reason::PersonId(PersonIdError::NotDigits) => w.problem_person_id_digits().to_owned(),
        Reason::PersonId(PersonIdError::Length(n)) => w.problem_person_id_length(n),
        Reason::PersonId(PersonIdError::Place) => w.problem_person_id_place().to_owned(),
        Reason::PersonId(PersonIdError::BirthYear(year)) => w.problem_person_id_year(year),
        Reason::PersonId(PersonIdError::Sex) => w.problem_person_id_sex().to_owned(),
        Reason::TaxCode(TaxCodeError::CheckDigit) => w.problem_tax_code_digit().to_owned(),
        Reason::TaxCode(_) => w.problem_tax_code_length().to_owned(),
        Reason::Phone(_) => w.problem_phone().to_owned(),
        Reason::Email => w.problem_email().to_owned(),
        Reason::TooFew { min } => w.problem_too_few(min),
        Reason::TooMany { max } => w.problem_too_many(max),
        Reason::NotTheCard => w.assisted_not_the_card().to_owned(),
        Reason::Refused(_) | Reason::PlaceGone { .. } | Reason::Unreadable => w.problem_unreadable().to_owned(),
    }
}

/// Where a paper that is used again is from.
pub fn reused(w: Words, r: &Reused) -> String {
    if r.result {
        w.kho_reused_result(&r.code)
    } else {
        w.kho_reused(&r.code)
    }
}

/// Why a dossier's rules say no.
pub fn refusal(w: Words, r: &Refusal) -> String {
    match r {
        Refusal::NotPermitted => w.refusal_not_permitted().to_owned(),
        Refusal::Overtaken => w.refusal_overtaken().to_owned(),
        Refusal::NotFound => w.errors_not_found_remedy().to_owned(),
        Refusal::AlreadySubmitted => w.refusal_already_submitted().to_owned(),
        Refusal::WrongStatus { status: s } => w.refusal_wrong_status(status(w, s)),
        Refusal::NotYourStep => w.refusal_not_your_step().to_owned(),
        Refusal::AlreadyExtended { times } => w.clock_refusal_extended(times),
        Refusal::ExtensionLength { most } => w.clock_refusal_length(most),
        Refusal::ServiceClosed(closed) => crate::closed::refused(w, closed),
        Refusal::AlreadyLate => w.clock_refusal_late().to_owned(),
        Refusal::AlreadyApologised => w.clock_refusal_apologised().to_owned(),
        Refusal::NotAWorkingDay => w.clock_refusal_day_off().to_owned(),
        Refusal::DateNotLater => w.clock_refusal_not_later().to_owned(),
        Refusal::NoWayOn => w.clock_refusal_no_way().to_owned(),
        Refusal::HeldByOther { name } => w.holding_refusal_held(name),
        Refusal::NotThatOfficer { name } => w.holding_refusal_officer(name),
        Refusal::NotAsked { about } => w.queue_not_asked(about),
        Refusal::ReasonMissing => w.refusal_reason_missing().to_owned(),
        Refusal::TextTooLong { max } => w.problem_too_long(max),
        Refusal::NothingLacks => w.refusal_nothing_lacks().to_owned(),
        Refusal::AlreadyAsked => w.refusal_already_asked().to_owned(),
        Refusal::SupplementIncomplete { about } => w.refusal_supplement_incomplete(about),
        Refusal::FeeUnpaid { due } => w.refusal_fee_unpaid(money(w, *due)),
        Refusal::NothingDue => w.refusal_nothing_due().to_owned(),
        Refusal::WrongAmount { due } => w.refusal_wrong_amount(money(w, *due)),
        Refusal::AlreadyPaid => w.money_refusal_booked().to_owned(),
        Refusal::TooMuchBack { left } => w.money_refusal_too_much(money(w, *left)),
        Refusal::SamePerson => w.money_refusal_same_person().to_owned(),
        Refusal::OverLimit { limit } => w.money_refusal_over_limit(money(w, *limit)),
        Refusal::RefundUnderWay => w.money_refusal_under_way().to_owned(),
        Refusal::ProposalMissing => w.refusal_proposal_missing().to_owned(),
        Refusal::WayNotOffered => w.refusal_way_not_offered().to_owned(),
        Refusal::SignaturePending => w.sign_refusal_pending().to_owned(),
        Refusal::ResultRevoked => w.sign_refusal_revoked().to_owned(),
        Refusal::TakerMissing => w.refusal_taker_missing().to_owned(),
        Refusal::TakerDigits => w.refusal_taker_digits().to_owned(),
        Refusal::OpinionsAwaited { .. }
        | Refusal::NotYourOpinion
        | Refusal::OpinionGiven { .. }
        | Refusal::PaperMissing { .. }
        | Refusal::NoPartner { .. }
        | Refusal::NotLate => crate::opinion::refusal(w, r),
        Refusal::AlreadyKnown
        | Refusal::ParcelUnderWay
        | Refusal::ParcelElsewhere
        | Refusal::ReceiverUnclear
        | Refusal::ReceiverNotNamed
        | Refusal::ProofMissing
        | Refusal::CodeWrong
        | Refusal::CodeSpent => crate::parcel::refusal(w, r).to_owned(),
        Refusal::ConsentMissing => w.assisted_refusal_missing().to_owned(),
        Refusal::ConsentRevoked => w.assisted_refusal_revoked().to_owned(),
        Refusal::ConsentElsewhere => w.assisted_refusal_elsewhere().to_owned(),
        Refusal::MandateOver => w.mandate_over().to_owned(),
        Refusal::NoTill => w.till_no_till().to_owned(),
        Refusal::TillNotClosed { day } => w.till_not_closed(date(*day)),
        Refusal::TillElsewhere => w.till_elsewhere().to_owned(),
        Refusal::Clock(_) => w.refusal_clock().to_owned(),
    }
}

/// Why a use case says no.
pub fn office_error(w: Words, e: &OfficeError) -> String {
    match e {
        OfficeError::Refused(r) => refusal(w, r),
        OfficeError::Problems(_) => w.problem_summary().to_owned(),
        OfficeError::Paper(p) => match p {
            PaperProblem::Empty => w.problem_paper_empty().to_owned(),
            PaperProblem::TooLarge { max_mb } => w.problem_paper_too_large(max_mb),
            PaperProblem::WrongType => w.problem_paper_type().to_owned(),
            PaperProblem::NotThisType { types } => w.answer_paper_types(types),
            PaperProblem::Encrypted => w.problem_paper_encrypted().to_owned(),
            PaperProblem::Unknown => w.problem_paper_unknown().to_owned(),
            PaperProblem::TooMany { max } => w.problem_too_many(max),
            PaperProblem::NotReusable => w.kho_not_reusable().to_owned(),
            PaperProblem::Missing => w.problem_paper_required().to_owned(),
        },
        OfficeError::Account(a) => match a {
            AccountProblem::WrongPassword => w.account_wrong_password().to_owned(),
            AccountProblem::WeakPassword { min } => w.account_weak_password(min),
            AccountProblem::BadLogin => w.account_bad_login().to_owned(),
            AccountProblem::BadName => w.account_bad_name().to_owned(),
            AccountProblem::WrongCode => w.account_wrong_code().to_owned(),
            AccountProblem::SpentCode => w.account_spent_code().to_owned(),
        },
        OfficeError::Publication(p) => publication_problem(w, p),
        OfficeError::Post(p) => crate::parcel::problem(w, p),
        OfficeError::Bag(r) => crate::custody::refusal(w, r),
        OfficeError::DraftMoved => w.refusal_draft_moved().to_owned(),
        OfficeError::FormChanged => w.refusal_form_changed().to_owned(),
        OfficeError::NoOnlinePayment => w.refusal_no_online_payment().to_owned(),
        OfficeError::Store(_) | OfficeError::Print(_) | OfficeError::Internal(_) => w.errors_internal_remedy().to_owned(),
    }
}

/// Where a publication stands.
pub fn publication_state(w: Words, state: PublicationState) -> &'static str {
    match state {
        PublicationState::Draft => w.publication_state_draft(),
        PublicationState::Waiting => w.publication_state_waiting(),
        PublicationState::Approved => w.publication_state_approved(),
        PublicationState::InForce => w.publication_state_in_force(),
        PublicationState::Withdrawn => w.publication_state_withdrawn(),
    }
}

/// Why a change of the catalogue does not go through, and what to do.
pub fn publication_problem(w: Words, p: &PublicationProblem) -> String {
    match p {
        PublicationProblem::Refused(no) => match no {
            PublicationRefusal::NotPermitted => w.errors_forbidden_remedy().to_owned(),
            PublicationRefusal::NoReason => w.publication_no_reason(motcua_model::publication::REASON_MAX),
            PublicationRefusal::NotAuthor => w.publication_not_author().to_owned(),
            PublicationRefusal::OwnApproval => w.publication_own_approval().to_owned(),
            PublicationRefusal::InThePast { from, today } => w.publication_in_the_past(date(*from), date(*today)),
            PublicationRefusal::WrongState(state) => w.publication_wrong_state(publication_state(w, *state)),
        },
        PublicationProblem::Mistakes(list) => w.publication_has_mistakes(list.len()),
        PublicationProblem::Empty => w.publication_empty().to_owned(),
        PublicationProblem::Moved(paths) => w.publication_moved(paths.join(", ")),
        PublicationProblem::BadPath => w.publication_bad_path().to_owned(),
        PublicationProblem::TooLarge { max_mb } => w.publication_too_large(max_mb),
    }
}

/// `30/3/2020`.
pub fn date(day: jiff::civil::Date) -> String {
    day.strftime("%-d/%-m/%Y").to_string()
}
