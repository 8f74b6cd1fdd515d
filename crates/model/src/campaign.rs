//! A measure that leads people to file from home: a leaflet, a loudspeaker's text, a post, each with a link that counts what
//! it brought.

use crate::id::{AgencyCode, ProcedureCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What was done to reach people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// A leaflet.
    Leaflet,
    /// The commune's loudspeakers.
    Loudspeaker,
    /// A post on Zalo or another network.
    Post,
    /// A meeting of the hamlet.
    Meeting,
    /// Help at the counter and at schools.
    Help,
}

impl Means {
    /// Every means, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Leaflet, Self::Loudspeaker, Self::Post, Self::Meeting, Self::Help];

    /// The name used in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leaflet => "leaflet",
            Self::Loudspeaker => "loudspeaker",
            Self::Post => "post",
            Self::Meeting => "meeting",
            Self::Help => "help",
        }
    }

    /// Reads [`Means::as_str`] back.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.as_str() == name)
    }
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// What was done.
    pub means: Means,
    /// Which service it is for.
    pub procedure: ProcedureCode,
    /// Whose people: code of a commune; empty for everybody.
    pub commune: String,
    /// The agency whose measure it is; empty for the province's own.
    pub agency: AgencyCode,
    /// What it is, in words.
    pub title: String,
    /// Since when.
    pub from: Date,
}

/// The longest title, in characters.
pub const TITLE_MAX: usize = 160;
/// Letters of a link's code.
pub const CODE_LENGTH: usize = 6;

/// A step that a link brought somebody to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// She read the sheet.
    Sheet,
    /// She began the form.
    Begun,
    /// She sent it.
    Submitted,
}

impl Reached {
    /// The name used in storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Begun => "begun",
            Self::Submitted => "submitted",
        }
    }
}

/// What is wrong with a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignProblem {
    /// No means was chosen.
    Means,
    /// No service that can be filed online.
    Procedure,
    /// No commune of the list, or not one of the head's.
    Commune,
    /// No title, or too long a one.
    Title,
    /// No day.
    From,
}
