//! A publication: a change of the catalogue on its way into force, step by step, each step a line of one journal.
//!
//! Draft → waiting for a second person → approved for a date → in force. Pure: [`check`] says whether a step may be
//! taken, [`apply`] takes it; the day comes in as an argument.

mod line;

pub use line::StepLine;

use crate::actor::{Actor, Role};
use crate::id::{AccountId, FileHash, PublicationId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Most characters of a reason.
pub const REASON_MAX: usize = 500;

/// Where a publication stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationState {
    /// Its author changes files.
    Draft,
    /// It waits for a second person.
    Waiting,
    /// Approved; it comes into force on its day.
    Approved,
    /// In force.
    InForce,
    /// Taken back; it never comes into force.
    Withdrawn,
}

impl PublicationState {
    /// The name used in storage and in the keys of words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::InForce => "in_force",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One step of a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Begun, with its reason.
    Began {
        /// Why the catalogue changes.
        reason: String,
    },
    /// Sent to a second person.
    Sent {
        /// The first day on which it holds.
        from: Date,
        /// Hash over its files: what the second person sees is what comes into force.
        hash: FileHash,
    },
    /// Taken back by its author before anybody approved.
    Recalled,
    /// Sent back by the second person.
    SentBack {
        /// What must be changed.
        why: String,
    },
    /// Approved by the second person.
    Approved,
    /// Came into force.
    InForce,
    /// Withdrawn before it came into force.
    Withdrawn {
        /// Why.
        why: String,
    },
}

/// A step as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub step: Step,
}

/// A publication: its steps folded up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Identifier.
    pub id: PublicationId,
    /// Who changes.
    pub author: AccountId,
    /// Her name as it stood then.
    pub author_name: String,
    /// Why the catalogue changes.
    pub reason: String,
    /// When it was begun.
    pub began_at: Timestamp,
    /// The first day on which it holds, once it was sent.
    pub from: Option<Date>,
    /// Hash over its files, once it was sent.
    pub hash: Option<FileHash>,
    /// The second person, once she approved.
    pub approver: Option<String>,
    /// What the second person asked for, while it is a draft again.
    pub sent_back: Option<String>,
    /// Where it stands.
    pub state: PublicationState,
}

/// Why a step may not be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicationRefusal {
    /// Only administrators publish.
    #[error("only administrators publish")]
    NotPermitted,
    /// No reason was given, or a very long one.
    #[error("a reason of 1 to {REASON_MAX} characters is needed")]
    NoReason,
    /// Only its author changes and sends it.
    #[error("only the author may do this")]
    NotAuthor,
    /// Nobody approves what she wrote herself.
    #[error("the second person must be somebody else")]
    OwnApproval,
    /// The day is over.
    #[error("{from} is over")]
    InThePast {
        /// The day that was asked for.
        from: Date,
        /// The earliest that is possible.
        today: Date,
    },
    /// It does not stand where this step begins.
    #[error("the publication is {} by now", .0.as_str())]
    WrongState(PublicationState),
}

/// Whether a step may be taken now. `today` is the civil day in the province.
///
/// # Errors
/// Why not.
pub fn check(before: Option<&Publication>, step: &Step, actor: &Actor, today: Date) -> Result<(), PublicationRefusal> {
    use PublicationRefusal as No;
    let system = matches!(step, Step::InForce);
    if actor.role != if system { Role::System } else { Role::Administrator } {
        return Err(No::NotPermitted);
    }
    let said = |text: &str| (1..=REASON_MAX).contains(&text.trim().chars().count());
    let is_past = |from: Option<Date>| match from {
        Some(from) if from < today => Err(No::InThePast { from, today }),
        _ => Ok(()),
    };
    match (before, step) {
        (None, Step::Began { reason }) if said(reason) => return Ok(()),
        (None, Step::Began { .. }) | (Some(_), Step::SentBack { .. } | Step::Withdrawn { .. }) if !says(step, said) => {
            return Err(No::NoReason);
        }
        _ => {}
    }
    let Some(p) = before else {
        return Err(No::WrongState(PublicationState::Draft));
    };
    let mine = p.author == actor.account;
    match (step, p.state) {
        (Step::Sent { .. }, PublicationState::Draft) | (Step::Recalled, PublicationState::Waiting) if !mine => Err(No::NotAuthor),
        (Step::Sent { from, .. }, PublicationState::Draft) => is_past(Some(*from)),
        (Step::Recalled, PublicationState::Waiting) => Ok(()),
        (Step::SentBack { .. } | Step::Approved, PublicationState::Waiting) if mine => Err(No::OwnApproval),
        (Step::SentBack { .. }, PublicationState::Waiting) => Ok(()),
        (Step::Approved, PublicationState::Waiting) => is_past(p.from),
        (Step::InForce, PublicationState::Approved) if p.from.is_some_and(|from| from <= today) => Ok(()),
        (Step::Withdrawn { .. }, PublicationState::Draft) if !mine => Err(No::NotAuthor),
        (Step::Withdrawn { .. }, PublicationState::Draft | PublicationState::Waiting) => Ok(()),
        // On its day it holds, whether or not the program has noted that already.
        (Step::Withdrawn { .. }, PublicationState::Approved) if p.from.is_some_and(|from| from > today) => Ok(()),
        (Step::Withdrawn { .. }, PublicationState::Approved) => Err(No::WrongState(PublicationState::InForce)),
        (_, state) => Err(No::WrongState(state)),
    }
}

fn says(step: &Step, said: impl Fn(&str) -> bool) -> bool {
    match step {
        Step::Began { reason: text } | Step::SentBack { why: text } | Step::Withdrawn { why: text } => said(text),
        _ => true,
    }
}

/// Takes a step; total, so that every journal can be folded. None while nothing was begun.
#[must_use]
pub fn apply(before: Option<Publication>, id: PublicationId, taken: &StepTaken) -> Option<Publication> {
    let mut p = match (&taken.step, before) {
        (Step::Began { reason }, None) => Publication {
            id,
            author: taken.actor.account,
            author_name: taken.actor.name.clone(),
            reason: reason.trim().to_owned(),
            began_at: taken.at,
            from: None,
            hash: None,
            approver: None,
            sent_back: None,
            state: PublicationState::Draft,
        },
        (_, before) => before?,
    };
    match &taken.step {
        Step::Began { .. } => {}
        Step::Sent { from, hash } => {
            (p.from, p.hash, p.sent_back, p.state) = (Some(*from), Some(*hash), None, PublicationState::Waiting);
        }
        Step::Recalled => p.state = PublicationState::Draft,
        Step::SentBack { why } => (p.sent_back, p.state) = (Some(why.clone()), PublicationState::Draft),
        Step::Approved => (p.approver, p.state) = (Some(taken.actor.name.clone()), PublicationState::Approved),
        Step::InForce => p.state = PublicationState::InForce,
        Step::Withdrawn { .. } => p.state = PublicationState::Withdrawn,
    }
    Some(p)
}
