//! What happened to a dossier's term: waits, extensions, apologies, days off declared meanwhile.

use super::state::{Dossier, Status};
use crate::clock::{Calendar, ClockError, Due, Mark, Still, Term};
use crate::id::AgencyCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The clock stood still while the person paid what the law says comes first: a tax on land, say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Since when.
    pub since: Timestamp,
    /// Until when; none while it lasts.
    pub until: Option<Timestamp>,
    /// How much, in VND; 0 where the notice says it.
    pub amount: u64,
    /// What is to be paid, with the number of the notice.
    pub what: String,
    /// Who asked, as shown.
    pub by: String,
    /// Number of the proof of payment; empty while it lasts.
    pub reference: String,
}

/// A term made longer by decision (gia hạn).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// When.
    pub at: Timestamp,
    /// Who decided, as shown.
    pub by: String,
    /// By how much.
    pub length: Term,
    /// Why, with the legal basis.
    pub reason: String,
    /// When the term ended before.
    pub was: Timestamp,
    /// When it ends now.
    pub due: Timestamp,
}

/// A letter of apology with a new date (phiếu xin lỗi và hẹn lại; Decree 61/2018, article 19).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apology {
    /// When.
    pub at: Timestamp,
    /// Who signed, as shown.
    pub by: String,
    /// The agency that is late.
    pub agency: Option<AgencyCode>,
    /// Why.
    pub reason: String,
    /// When the result was due.
    pub was: Timestamp,
    /// When it is promised now. The legal date stays: what is late is counted late.
    pub promised: Timestamp,
    /// Number of the letter, such as `3/XLHL`; empty in journals from before letters were numbered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
}

/// Working time changed while the term ran: a day off declared, terms suspended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recomputation {
    /// When.
    pub at: Timestamp,
    /// By which decision, and why.
    pub why: String,
    /// The date before: the due date, or the time for acceptance.
    pub was: Timestamp,
    /// The date now.
    pub due: Timestamp,
}

impl Dossier {
    /// What stopped, resumed and extended the term since acceptance, in order.
    #[must_use]
    pub fn clock_marks(&self) -> Vec<(Timestamp, Mark)> {
        let mut marks = Vec::new();
        for s in self.supplements.iter().filter(|s| !s.before_acceptance) {
            marks.push((s.at, Mark::Stopped(Still::Supplement)));
            marks.extend(s.answered.map(|at| (at, Mark::Resumed)));
        }
        for w in &self.waits {
            marks.push((w.since, Mark::Stopped(Still::Payment)));
            marks.extend(w.until.map(|at| (at, Mark::Resumed)));
        }
        marks.extend(self.extensions.iter().map(|e| (e.at, Mark::Extended(e.length))));
        marks.sort_by_key(|(at, _)| *at);
        marks
    }

    /// The due date day by day, by `calendar`; none before acceptance.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn due_account(&self, calendar: &Calendar) -> Result<Option<Due>, ClockError> {
        match (self.accepted_at, self.term) {
            (Some(accepted), Some(term)) => calendar.account(accepted, term, &self.clock_marks()).map(Some),
            _ => Ok(None),
        }
    }

    /// From when the time for acceptance runs: filing, or the answer to a request before acceptance.
    #[must_use]
    pub fn acknowledge_from(&self) -> Timestamp {
        let answers = self.supplements.iter().filter(|s| s.before_acceptance);
        answers.filter_map(|s| s.answered).max().unwrap_or(self.filed_at)
    }

    /// When the result is promised: the due date, or the later date of an apology.
    #[must_use]
    pub fn promised(&self) -> Option<Timestamp> {
        let apology = self.apologies.last().map(|a| a.promised);
        apology.max(self.due)
    }

    /// The payment that the clock stands still for.
    #[must_use]
    pub fn open_wait(&self) -> Option<&Wait> {
        let waits = matches!(self.status, Status::AwaitingPayment { .. });
        self.waits.last().filter(|w| waits && w.until.is_none())
    }
}
