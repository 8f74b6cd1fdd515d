//! What follows from a command that changes the term: extension, apology, waiting for a payment, other working time.

use super::decide::{Context, needed, only, own_step, short, wrong};
use super::event::Event;
use super::number::PaperNumber;
use super::refusal::Refusal;
use super::state::{Dossier, Status};
use crate::clock::Term;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a procedure's term can be made longer. Without a rule of its own: once, by at most the term itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRule {
    /// How often.
    #[serde(default = "once")]
    pub times: u32,
    /// By how many days at most, working or calendar as the term is; none for as many as the term has.
    #[serde(default)]
    pub days: Option<u32>,
    /// The article that allows it.
    #[serde(default)]
    pub basis: String,
}

fn once() -> u32 {
    1
}

impl Default for ExtensionRule {
    fn default() -> Self {
        Self {
            times: 1,
            days: None,
            basis: String::new(),
        }
    }
}

impl ExtensionRule {
    /// The most days of one extension of a term.
    #[must_use]
    pub fn most(&self, term: Term) -> u32 {
        self.days.unwrap_or(match term {
            Term::WorkingDays(n) | Term::CalendarDays(n) => n.max(1),
            Term::WorkingHours(n) => n.div_ceil(8).max(1),
            Term::Months(n) => n.saturating_mul(30),
            Term::SameDay { .. } => 1,
        })
    }
}

/// A head makes the term longer, before it ends.
pub(super) fn extend(d: &Dossier, days: u32, reason: String, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    only(d, matches!(d.status, Status::Accepted | Status::InProcess(_)))?;
    let (Some(due), Some(term)) = (d.due, d.term) else {
        return wrong(d);
    };
    let rule = &cx.rules.extension;
    if d.extensions.len() >= usize::try_from(rule.times).unwrap_or(usize::MAX) {
        return Err(Refusal::AlreadyExtended { times: rule.times });
    }
    let most = rule.most(term);
    if !(1..=most).contains(&days) {
        return Err(Refusal::ExtensionLength { most });
    }
    if due < cx.now {
        return Err(Refusal::AlreadyLate);
    }
    let length = match term {
        Term::CalendarDays(_) | Term::Months(_) => Term::CalendarDays(days),
        _ => Term::WorkingDays(days),
    };
    Ok(vec![Event::Extended {
        length,
        due: cx.calendar.extend(due, length)?,
        reason: needed(reason)?,
    }])
}

/// The late agency apologises and promises a new date, once.
pub(super) fn apologise(d: &Dossier, date: Date, reason: String, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    only(d, matches!(d.status, Status::Accepted | Status::InProcess(_)))?;
    let Some(due) = d.due else { return wrong(d) };
    // An agency that was asked answers for its own time.
    let asked = cx.actor.agency.as_ref().filter(|a| **a != d.agency);
    if let Some(agency) = asked
        && !d.open_opinions().any(|o| o.asked.agency == *agency && o.is_late(cx.now))
    {
        return Err(Refusal::NotLate);
    }
    if d.apologies.iter().any(|a| a.agency == cx.actor.agency) {
        return Err(Refusal::AlreadyApologised);
    }
    if !cx.calendar.is_working_day(date)? {
        return Err(Refusal::NotAWorkingDay);
    }
    let promised = cx.calendar.end_of_day(date)?;
    if promised <= due || promised <= cx.now {
        return Err(Refusal::DateNotLater);
    }
    Ok(vec![Event::Apologised {
        agency: cx.actor.agency.clone(),
        reason: needed(reason)?,
        was: due,
        promised,
        number: PaperNumber::next(cx.actor.agency.as_ref().unwrap_or(&d.agency)),
    }])
}

/// The person has to pay first: the clock stands still.
pub(super) fn ask_payment(d: &Dossier, amount: u64, what: String, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    own_step(d, cx)?;
    let (Some(due), Some(term)) = (d.due, d.term) else {
        return wrong(d);
    };
    Ok(vec![Event::PaymentAsked {
        amount,
        what: needed(what)?,
        remaining: cx.calendar.pause(due, cx.now, term)?,
    }])
}

/// The person has paid: the clock runs again.
pub(super) fn confirm_payment(d: &Dossier, reference: String, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    only(d, matches!(d.status, Status::AwaitingPayment { .. }))?;
    let Some(pause) = &d.pause else { return wrong(d) };
    // Of the agencies that were asked, the one that said what is to be paid knows that it was.
    let asked = cx.actor.agency.as_ref().filter(|a| **a != d.agency);
    let tells = |id: &str| cx.rules.ask(id).is_some_and(|rule| !rule.payment.is_empty());
    if let Some(agency) = asked
        && !d.opinions.iter().any(|o| o.asked.agency == *agency && tells(&o.asked.id))
    {
        return Err(Refusal::NotYourOpinion);
    }
    Ok(vec![Event::PaymentConfirmed {
        reference: needed(reference)?,
        due: cx.calendar.resume(pause.remaining, cx.now)?,
    }])
}

/// Working time changed: the dates are computed anew, from the beginning. Nothing follows where they stay.
pub(super) fn recompute(d: &Dossier, why: String, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    if d.status.is_final() {
        return Ok(Vec::new());
    }
    let (mut due, mut remaining, mut acknowledge_by) = (None, None, None);
    match (d.accepted_at, d.term) {
        (Some(accepted), Some(term)) => {
            let running = cx.calendar.replay(accepted, term, &d.clock_marks())?;
            due = Some(running.due).filter(|_| d.due != Some(running.due));
            remaining = running
                .remaining
                .filter(|left| d.pause.as_ref().is_some_and(|p| p.remaining != *left));
        }
        _ if d.status == Status::Filed => {
            let by = cx.calendar.acknowledge_by(d.acknowledge_from())?;
            acknowledge_by = Some(by).filter(|by| d.acknowledge_by != *by);
        }
        _ => {}
    }
    let mut opinions = std::collections::BTreeMap::new();
    for o in d.open_opinions() {
        let until = cx.calendar.due(o.at, Term::WorkingHours(o.asked.hours))?.due;
        if until != o.asked.due {
            opinions.insert(o.asked.id.clone(), until);
        }
    }
    if due.is_none() && remaining.is_none() && acknowledge_by.is_none() && opinions.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::DueRecomputed {
        why: short(why)?,
        due,
        remaining,
        acknowledge_by,
        opinions,
    }])
}
