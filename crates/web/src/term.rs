//! A dossier's term as people read it: the account day by day, what moved it, the agency's apology.

use crate::AppState;
use crate::view;
use jiff::Timestamp;
use motcua_model::clock::{Due, Still, Term, Why};
use motcua_model::dossier::Dossier;
use motcua_words::Words;

/// One day of the account.
pub struct DayLine {
    /// The day.
    pub day: String,
    /// Whether it counts.
    pub counted: bool,
    /// Why.
    pub why: String,
}

/// What a page says about the term.
pub struct TermView {
    /// The account day by day; empty before acceptance.
    pub days: Vec<DayLine>,
    /// What moved it, in sentences.
    pub lines: Vec<String>,
    /// What it stands still for; empty when it runs.
    pub waiting: String,
    /// The new date of an apology; empty for none.
    pub promised: String,
}

impl TermView {
    /// Makes it.
    pub fn of(app: &AppState, w: Words, d: &Dossier) -> Self {
        Self {
            days: app.office.due_account(d).map_or_else(Vec::new, |due| days(w, &due)),
            lines: lines(w, d),
            waiting: waiting(w, d),
            promised: d
                .apologies
                .last()
                .map_or_else(String::new, |a| w.clock_promised(view::moment(w, a.promised))),
        }
    }
}

/// The account of a due date in words.
pub fn days(w: Words, due: &Due) -> Vec<DayLine> {
    due.days
        .iter()
        .map(|c| DayLine {
            day: format!("{}, {}", view::weekday(w, c.date.weekday()), c.date.strftime("%-d/%-m/%Y")),
            counted: c.counted,
            why: why(w, &c.why),
        })
        .collect()
}

fn lines(w: Words, d: &Dossier) -> Vec<String> {
    let when = |at: Timestamp| view::moment(w, at);
    let length = |t: Term| match t {
        Term::CalendarDays(n) => w.clock_days_calendar(n),
        Term::WorkingDays(n) => w.clock_days_working(n),
        other => view::term(w, other),
    };
    let extended = d.extensions.iter().map(|e| {
        (
            e.at,
            w.clock_extended_line(length(e.length), when(e.due), &e.reason, when(e.was)),
        )
    });
    let apologies = d.apologies.iter().map(|a| (a.at, w.clock_apology(&a.reason, when(a.was))));
    let moved = d
        .recomputed
        .iter()
        .map(|r| (r.at, w.clock_recomputed_line(when(r.due), when(r.was), &r.why)));
    let mut all: Vec<(Timestamp, String)> = extended.chain(apologies).chain(moved).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, said)| said).collect()
}

/// What the person has to pay elsewhere while the term stands still; empty when it runs.
pub fn waiting(w: Words, d: &Dossier) -> String {
    let Some(wait) = d.open_wait() else {
        return String::new();
    };
    let said = w.clock_wait_line(wait.what.trim_end_matches('.'));
    if wait.amount == 0 {
        return said;
    }
    format!("{said} {}", w.clock_wait_amount(view::money(w, wait.amount)))
}

/// Why a day counts, or does not.
pub fn why(w: Words, why: &Why) -> String {
    match why {
        Why::ReceivedThatDay => w.desk_why_received().to_owned(),
        Why::OutsideHours => w.desk_why_outside().to_owned(),
        Why::Working => w.desk_why_working().to_owned(),
        Why::Makeup(name) => w.desk_why_makeup(name),
        Why::Weekend => w.desk_why_weekend().to_owned(),
        Why::DayOff(name) => w.desk_why_day_off(name),
        Why::CalendarDay => w.desk_why_calendar().to_owned(),
        Why::LastDayMoved => w.desk_why_moved().to_owned(),
        Why::WorkingHours => w.desk_why_hours().to_owned(),
        Why::HalfDay(name) => w.clock_why_half(name),
        Why::Suspended(name) => w.clock_why_suspended(name),
        Why::AfterCutoff(hour) => w.clock_why_cutoff(hour),
        Why::StoodStill(Still::Supplement) => w.clock_why_still_supplement().to_owned(),
        Why::StoodStill(Still::Payment) => w.clock_why_still_payment().to_owned(),
        Why::PartlyStill(Still::Supplement) => w.clock_why_partly_supplement().to_owned(),
        Why::PartlyStill(Still::Payment) => w.clock_why_partly_payment().to_owned(),
    }
}

/// A day as people write it, `30/3/2020`, or as a date box sends it.
pub fn read_day(text: &str) -> Option<jiff::civil::Date> {
    let text = text.trim();
    text.parse()
        .ok()
        .or_else(|| jiff::civil::Date::strptime("%d/%m/%Y", text).ok())
}
