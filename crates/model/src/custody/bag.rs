//! What a bag is at a moment: its journal folded up.

use super::code::{BagCode, PaperCode};
use crate::actor::Actor;
use crate::id::{AccountId, AgencyCode, DossierId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a bag stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BagState {
    /// Papers are put in.
    Open,
    /// Closed with a seal; it goes from hand to hand.
    Sealed,
    /// Opened where it was to go; what is in it is compared with its list.
    Arrived,
    /// Compared; missing and surplus are known.
    Closed,
}

impl BagState {
    /// The name used in storage and to find its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sealed => "sealed",
            Self::Arrived => "arrived",
            Self::Closed => "closed",
        }
    }
}

/// In whose hands it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// The account; none for somebody without one, who signed on paper.
    pub account: Option<AccountId>,
    /// Full name.
    pub name: String,
    /// The agency or post office; none for a driver.
    pub agency: Option<AgencyCode>,
    /// Since when.
    pub since: Timestamp,
}

impl Hand {
    /// The hand of an account.
    #[must_use]
    pub fn of(actor: &Actor, since: Timestamp) -> Self {
        Self {
            account: Some(actor.account),
            name: actor.name.clone(),
            agency: actor.agency.clone(),
            since,
        }
    }
}

/// Who is to take it, until she signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The agency or post office whose people may take it.
    pub to: AgencyCode,
    /// When it was offered.
    pub at: Timestamp,
}

/// A seal that was not the one the bag was closed with: somebody was in it on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Number of the seal that was on it; empty when there was none.
    pub seal: String,
    /// Who saw it.
    pub seen_by: String,
    /// In whose hands it had been until then.
    pub last_hand: String,
}

/// A paper in a bag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BagPaper {
    /// Its code.
    pub code: PaperCode,
    /// Whose it is.
    pub dossier: DossierId,
    /// What it is, in words.
    pub what: String,
    /// Whether it was found when the bag was opened.
    pub found: bool,
}

/// A bag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bag {
    /// Its code.
    pub code: BagCode,
    /// How many events it has; the lock of every change.
    pub version: u64,
    /// Where it stands.
    pub state: BagState,
    /// Where it was packed.
    pub from: AgencyCode,
    /// Where it is to go.
    pub to: AgencyCode,
    /// By when it has to be there and compared with its list.
    pub due: Timestamp,
    /// Number of the seal; empty while it is open.
    pub seal: String,
    /// Grams when it was sealed.
    pub weight_g: u32,
    /// Its list.
    pub papers: Vec<BagPaper>,
    /// In whose hands it is.
    pub hand: Hand,
    /// Who is to take it; none while nobody is.
    pub offer: Option<Offer>,
    /// Number of the seal when it was opened; empty before.
    pub seal_found: String,
    /// Grams when it was opened.
    pub weight_found_g: u32,
    /// Where another seal than its own was seen first; none while nobody saw one.
    pub broken: Option<Broken>,
    /// Codes that were in it and not on its list.
    pub surplus: Vec<String>,
    /// When it was told not to be there, or not to be compared, in time; none while it is not.
    pub overdue_at: Option<Timestamp>,
    /// What was written when it was compared.
    pub note: String,
}

impl Bag {
    /// The paper with this code.
    #[must_use]
    pub fn paper(&self, code: &PaperCode) -> Option<&BagPaper> {
        self.papers.iter().find(|p| p.code == *code)
    }

    /// Papers that are on the list and were not found; empty before the bag was opened.
    pub fn missing(&self) -> impl Iterator<Item = &BagPaper> {
        let opened = matches!(self.state, BagState::Arrived | BagState::Closed);
        self.papers.iter().filter(move |p| opened && !p.found)
    }

    /// Whether it is being packed, on its way, or being compared.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state != BagState::Closed
    }

    /// The papers that are in it as far as anybody knows: packed and not seen anywhere since.
    pub fn inside(&self) -> impl Iterator<Item = &BagPaper> {
        self.papers.iter().filter(|p| !p.found)
    }

    /// The dossiers whose papers are on its list, each once.
    #[must_use]
    pub fn dossiers(&self) -> Vec<DossierId> {
        each_once(self.papers.iter())
    }

    /// Those of them with papers that nobody has seen since they were packed, each once.
    #[must_use]
    pub fn dossiers_inside(&self) -> Vec<DossierId> {
        each_once(self.inside())
    }
}

fn each_once<'a>(papers: impl Iterator<Item = &'a BagPaper>) -> Vec<DossierId> {
    let mut found: Vec<DossierId> = papers.map(|p| p.dossier).collect();
    found.sort_unstable();
    found.dedup();
    found
}
