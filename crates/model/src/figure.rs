//! What an event means for the board's figures: pure, so that what is kept with every change can be counted again from
//! the journal at any time.
//!
//! A figure belongs to the month in which its event happened, to the agency that settles the dossier then, and to its
//! procedure. An event that comes late counts in the month it says, not in the month it was written.

mod annul;

use crate::clock::local;
use crate::dossier::{Channel, Dossier, Event, Level, Recorded, ReturnWay, Status};
use crate::id::{AgencyCode, ProcedureCode};
use jiff::Timestamp;
use std::ops::AddAssign;

/// What is counted. The order is that of the columns of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Filed by the person online, at level 3.
    OnlineThree,
    /// Filed by the person online, at level 4.
    OnlineFour,
    /// Filed online for her at a post office, at level 3 (Decision 45/2016/QĐ-TTg).
    PostThree,
    /// Filed online for her at a post office, at level 4.
    PostFour,
    /// Filed at a counter, for a service offered at level 3.
    CounterThree,
    /// Filed at a counter, for a service offered at level 4.
    CounterFour,
    /// Accepted, of those filed online or at a post office's portal by the person herself.
    TakenOnline,
    /// Accepted, of those that came by a counter or the post.
    TakenOther,
    /// Accepted without ever having been asked for a supplement.
    FirstTry,
    /// Not accepted.
    Refused,
    /// Settled on a day before the due date.
    Early,
    /// Settled on the due date, in time.
    OnTime,
    /// Settled after the due date.
    Late,
    /// Taken back after acceptance: neither settled nor waiting any more.
    Left,
    /// Came from an agency that was closed or lost the service, while running.
    HandedIn,
    /// Went to the agency that took over, while running.
    HandedOut,
    /// Requests for a supplement.
    Supplements,
    /// Settled, of those that had a fee.
    Charged,
    /// Settled, of those whose fee was paid through a gateway, by QR or by transfer.
    ChargedOnline,
    /// Results given to the person.
    Returned,
    /// Results given to the person as a file in her account.
    ReturnedOnline,
    /// Accepted, with every paper kept as a file and at least one.
    WithFiles,
}

/// How many measures there are.
const MEASURES: usize = 22;

impl Measure {
    /// Every measure, in the order of the columns.
    pub const ALL: [Self; MEASURES] = [
        Self::OnlineThree,
        Self::OnlineFour,
        Self::PostThree,
        Self::PostFour,
        Self::CounterThree,
        Self::CounterFour,
        Self::TakenOnline,
        Self::TakenOther,
        Self::FirstTry,
        Self::Refused,
        Self::Early,
        Self::OnTime,
        Self::Late,
        Self::Left,
        Self::HandedIn,
        Self::HandedOut,
        Self::Supplements,
        Self::Charged,
        Self::ChargedOnline,
        Self::Returned,
        Self::ReturnedOnline,
        Self::WithFiles,
    ];

    /// Those that say how many dossiers came in, which way.
    pub const FILED: [Self; 6] = [
        Self::OnlineThree,
        Self::OnlineFour,
        Self::PostThree,
        Self::PostFour,
        Self::CounterThree,
        Self::CounterFour,
    ];

    /// The name of its column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnlineThree => "online_three",
            Self::OnlineFour => "online_four",
            Self::PostThree => "post_three",
            Self::PostFour => "post_four",
            Self::CounterThree => "counter_three",
            Self::CounterFour => "counter_four",
            Self::TakenOnline => "taken_online",
            Self::TakenOther => "taken_other",
            Self::FirstTry => "first_try",
            Self::Refused => "refused",
            Self::Early => "early",
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Left => "went_back",
            Self::HandedIn => "handed_in",
            Self::HandedOut => "handed_out",
            Self::Supplements => "supplements",
            Self::Charged => "charged",
            Self::ChargedOnline => "charged_online",
            Self::Returned => "returned",
            Self::ReturnedOnline => "returned_online",
            Self::WithFiles => "with_files",
        }
    }

    fn taken_by(channel: Channel) -> Self {
        match channel {
            Channel::Online => Self::TakenOnline,
            Channel::Post | Channel::Counter => Self::TakenOther,
        }
    }

    fn filed(channel: Channel, level: Level) -> Self {
        match (channel, level) {
            (Channel::Online, Level::Three) => Self::OnlineThree,
            (Channel::Online, Level::Four) => Self::OnlineFour,
            (Channel::Post, Level::Three) => Self::PostThree,
            (Channel::Post, Level::Four) => Self::PostFour,
            (Channel::Counter, Level::Three) => Self::CounterThree,
            (Channel::Counter, Level::Four) => Self::CounterFour,
        }
    }
}

/// A number for each measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts([i64; MEASURES]);

impl Counts {
    /// The number of a measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> i64 {
        self.0[measure as usize]
    }

    /// Adds to the number of a measure.
    pub fn add(&mut self, measure: Measure, n: i64) {
        self.0[measure as usize] += n;
    }

    /// The sum of some measures.
    #[must_use]
    pub fn sum(&self, measures: &[Measure]) -> i64 {
        measures.iter().map(|m| self.get(*m)).sum()
    }

    /// Accepted, whichever way they came.
    #[must_use]
    pub fn taken(&self) -> i64 {
        self.sum(&[Measure::TakenOnline, Measure::TakenOther])
    }

    /// Settled: early, on time or late.
    #[must_use]
    pub fn settled(&self) -> i64 {
        self.sum(&[Measure::Early, Measure::OnTime, Measure::Late])
    }

    /// By how much the number of running dossiers grew.
    #[must_use]
    pub fn running(&self) -> i64 {
        self.taken() + self.get(Measure::HandedIn) - self.settled() - self.sum(&[Measure::Left, Measure::HandedOut])
    }

    /// The numbers in the order of the columns.
    #[must_use]
    pub fn numbers(&self) -> [i64; MEASURES] {
        self.0
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        for (sum, n) in self.0.iter_mut().zip(other.0) {
            *sum += n;
        }
    }
}

/// What an event adds to the figures of an agency's service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// When it happened: its month counts.
    pub at: Timestamp,
    /// The agency that settles the dossier.
    pub agency: AgencyCode,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// Where the person lives, for a dossier that is filed; empty where the form does not ask, and for all else.
    pub commune: String,
    /// How much of what.
    pub counts: Counts,
}

/// What an event adds to the figures; nothing for most events.
#[must_use]
pub fn figures(before: Option<&Dossier>, recorded: &Recorded) -> Vec<Figure> {
    let of = |agency: &AgencyCode, procedure: &ProcedureCode, measures: &[Measure]| {
        let mut counts = Counts::default();
        for measure in measures {
            counts.add(*measure, 1);
        }
        Figure {
            at: recorded.at,
            agency: agency.clone(),
            procedure: procedure.clone(),
            commune: String::new(),
            counts,
        }
    };
    let Some(d) = before else {
        return match &recorded.event {
            Event::Submitted {
                agency,
                procedure,
                channel,
                level,
                applicant,
                ..
            } => vec![Figure {
                commune: applicant.commune.clone(),
                ..of(agency, procedure, &[Measure::filed(*channel, *level)])
            }],
            _ => Vec::new(),
        };
    };
    let mut measures = Vec::new();
    match &recorded.event {
        Event::Accepted { .. } => {
            measures.push(Measure::taken_by(d.channel));
            if d.supplements.is_empty() {
                measures.push(Measure::FirstTry);
            }
            if !d.papers.is_empty() {
                measures.push(Measure::WithFiles);
            }
        }
        Event::Annulled { .. } => return annul::figures(d),
        Event::Refused { .. } => measures.push(Measure::Refused),
        Event::SupplementRequested { .. } => measures.push(Measure::Supplements),
        Event::Approved { .. } | Event::Stopped { .. } if is_running(d) => {
            measures.push(settled(d, recorded.at));
            if d.fee > 0 {
                measures.push(Measure::Charged);
                if d.payments.iter().any(|p| p.method.is_online()) {
                    measures.push(Measure::ChargedOnline);
                }
            }
        }
        Event::Withdrawn { .. } if is_running(d) => measures.push(Measure::Left),
        Event::ResultReturned { way, .. } => {
            measures.push(Measure::Returned);
            if *way == ReturnWay::Online {
                measures.push(Measure::ReturnedOnline);
            }
        }
        Event::HandedOver { from, to, .. } if is_running(d) => {
            return vec![
                of(from, &d.procedure, &[Measure::HandedOut]),
                of(to, &d.procedure, &[Measure::HandedIn]),
            ];
        }
        _ => {}
    }
    if measures.is_empty() {
        return Vec::new();
    }
    vec![of(&d.agency, &d.procedure, &measures)]
}

/// Accepted, and neither settled nor taken back.
fn is_running(d: &Dossier) -> bool {
    d.accepted_at.is_some() && d.result.is_none() && !d.status.is_final() && d.status != Status::Approved
}

/// In time or not. While the clock stands still nothing is late.
fn settled(d: &Dossier, at: Timestamp) -> Measure {
    match d.due {
        Some(due) if d.pause.is_none() && at > due => Measure::Late,
        Some(due) if local(at).date() < local(due).date() => Measure::Early,
        _ => Measure::OnTime,
    }
}
