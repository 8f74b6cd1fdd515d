//! Others who are asked at a step: a role of the agency, or another agency (ý kiến song song, liên thông).
//!
//! One dossier keeps one code, one journal and one clock, however many agencies work at it; what each of them has to do is
//! an opinion of the step, with a time of its own (`docs/decisions/0057`).

use super::state::{Dossier, Paper, Status};
use crate::actor::{Actor, Role};
use crate::form::{Answers, Condition};
use crate::id::AgencyCode;
use crate::procedure::AgencyKind;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What it means when who is asked says nothing until the time is up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The step goes on waiting.
    #[default]
    Waits,
    /// Who says nothing in time agrees; the step goes on.
    Agrees,
}

/// Whom a step asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Partner {
    /// A role of the agency that settles the dossier.
    Own,
    /// Another agency.
    Agency(AgencyCode),
    /// The agency of a kind that sits where the dossier belongs: who knows the organisation names it
    /// ([`super::Rules::name_partners`]).
    Kind(AgencyKind),
}

/// What a procedure rules about one opinion of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskRule {
    /// Name in files; no two of a procedure are alike.
    pub id: String,
    /// What it is about, as shown.
    pub name: String,
    /// Whom.
    pub partner: Partner,
    /// The role that answers there.
    pub role: Role,
    /// Working hours for the answer.
    pub hours: u32,
    /// Whether it is asked in this case; none for always.
    pub when: Option<Condition>,
    /// What silence means.
    pub silence: Silence,
    /// The field of the answer that says how much the person has to pay first, in VND; empty for none. The clock then
    /// stands still until she has paid.
    pub payment: String,
    /// Whether a paper must come with the answer.
    pub paper: bool,
}

/// An opinion as it was asked for: a part of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Which of the procedure's opinions.
    pub id: String,
    /// What it is about, as shown.
    pub name: String,
    /// Whom.
    pub agency: AgencyCode,
    /// The role that answers there.
    pub role: Role,
    /// Working hours for the answer.
    pub hours: u32,
    /// Until when.
    pub due: Timestamp,
    /// What silence means.
    #[serde(default)]
    pub silence: Silence,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// When.
    pub at: Timestamp,
    /// Who, as shown.
    pub by: String,
    /// Whether there is nothing against it.
    pub agrees: bool,
    /// In words.
    pub text: String,
    /// The paper that came with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    /// Whether it came after its time.
    pub late: bool,
}

/// Somebody who was asked, and what she answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The step that asks.
    pub step: usize,
    /// When asked.
    pub at: Timestamp,
    /// What was asked.
    #[serde(flatten)]
    pub asked: Asked,
    /// The answer; none while it is awaited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// When it was noted that she had said nothing in her time and that it goes on without her; she may still answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent: Option<Timestamp>,
}

/// An answer as it comes from who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether there is nothing against it.
    pub agrees: bool,
    /// In words.
    pub text: String,
    /// What was filled in, checked by the form language before it comes here.
    pub filled: Answers,
    /// The paper that comes with it.
    pub paper: Option<Paper>,
}

impl Opinion {
    /// Whether its answer is still awaited.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.given.is_none()
    }

    /// Whether it was asked of this officer: her agency and her role.
    #[must_use]
    pub fn is_of(&self, actor: &Actor) -> bool {
        actor.agency.as_ref() == Some(&self.asked.agency) && actor.role == self.asked.role
    }

    /// Whether it is past its time at `now`, or its answer was.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.given.as_ref().map_or(now > self.asked.due, |g| g.late)
    }

    /// Whether the step has to wait for it at `now`.
    #[must_use]
    pub fn holds_up(&self, now: Timestamp) -> bool {
        self.is_open() && self.silent.is_none() && !(self.asked.silence == Silence::Agrees && now > self.asked.due)
    }
}

impl Dossier {
    /// The opinions that somebody still has to give: not answered, and not taken for given.
    pub fn awaited_opinions(&self) -> impl Iterator<Item = &Opinion> {
        self.open_opinions().filter(|o| o.silent.is_none())
    }

    /// The opinions that have no answer.
    pub fn open_opinions(&self) -> impl Iterator<Item = &Opinion> {
        let running = !self.status.is_final() && self.status != Status::Approved;
        self.opinions.iter().filter(move |o| running && o.is_open())
    }

    /// Other agencies that were asked, each once, in the order in which they were.
    #[must_use]
    pub fn partners(&self) -> Vec<&AgencyCode> {
        let mut found: Vec<&AgencyCode> = Vec::new();
        for o in &self.opinions {
            if o.asked.agency != self.agency && !found.contains(&&o.asked.agency) {
                found.push(&o.asked.agency);
            }
        }
        found
    }
}
