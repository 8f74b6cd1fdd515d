//! Decisions that change the working time of the province, an agency or a class of dossiers.

use crate::id::{AgencyCode, ProcedureCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a decision does to its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// Nobody works.
    Off,
    /// Nobody works in the morning.
    MorningOff,
    /// Nobody works in the afternoon.
    AfternoonOff,
    /// A day of rest that is worked in exchange.
    Makeup,
    /// The offices are open, but the terms of a class of dossiers stand still: an epidemic, a flood.
    Suspension,
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Off,
        Self::MorningOff,
        Self::AfternoonOff,
        Self::Makeup,
        Self::Suspension,
    ];

    /// The name used in storage, forms and addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::MorningOff => "morning_off",
            Self::AfternoonOff => "afternoon_off",
            Self::Makeup => "makeup",
            Self::Suspension => "suspension",
        }
    }

    /// Reads [`DecisionKind::as_str`] back.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == s)
    }
}

/// A decision with its number: a day off of a place, a day worked in exchange, terms that stand still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockDecision {
    /// Number, such as `12/QĐ-UBND`.
    pub number: String,
    /// What it does.
    pub kind: DecisionKind,
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// Why, as people read it.
    pub why: String,
    /// Agencies that it concerns; none for all.
    #[serde(default)]
    pub agencies: Vec<AgencyCode>,
    /// Procedures that it concerns; none for all.
    #[serde(default)]
    pub procedures: Vec<ProcedureCode>,
    /// Fields that it concerns, such as `Hộ tịch`; none for all.
    #[serde(default)]
    pub fields: Vec<String>,
}

impl ClockDecision {
    /// Whether it concerns the dossiers of a procedure, of this field, at an agency.
    #[must_use]
    pub fn concerns(&self, agency: &AgencyCode, procedure: &ProcedureCode, field: &str) -> bool {
        (self.agencies.is_empty() || self.agencies.contains(agency))
            && (self.procedures.is_empty() || self.procedures.contains(procedure))
            && (self.fields.is_empty() || self.fields.iter().any(|f| f == field))
    }

    /// What people read on each of its days: why, and by which decision.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{}, {}", self.why, self.number)
    }
}
