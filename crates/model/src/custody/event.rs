//! What can have happened to a bag, and the chain that holds it.

use super::bag::{Bag, BagPaper, BagState, Broken, Hand, Offer};
use super::code::{BagCode, PaperCode};
use crate::actor::Actor;
use crate::id::{AgencyCode, DossierId};
use crate::journal::ChainHash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Something that happened to a bag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BagEvent {
    /// Somebody began to pack it.
    Opened {
        /// Where.
        from: AgencyCode,
        /// Where it is to go.
        to: AgencyCode,
        /// By when it has to be there.
        due: Timestamp,
    },
    /// A paper was put in.
    PaperIn {
        /// Its code.
        paper: PaperCode,
        /// Whose it is.
        dossier: DossierId,
        /// What it is, in words.
        what: String,
    },
    /// A paper was taken out before the bag was sealed.
    PaperOut {
        /// Its code.
        paper: PaperCode,
    },
    /// It was closed with a seal.
    Sealed {
        /// Number of the seal.
        seal: String,
        /// Grams.
        weight_g: u32,
    },
    /// Who holds it offers it to an agency or a post office.
    Offered {
        /// Whose people may take it.
        to: AgencyCode,
    },
    /// The offer was taken back.
    Kept,
    /// Somebody of the agency that it was offered to took it: both have signed.
    Taken {
        /// From whom.
        from: String,
        /// Number of the seal that was on it; empty when there was none.
        seal: String,
    },
    /// Somebody without an account took it and signed on paper: a driver.
    TakenOnPaper {
        /// From whom.
        from: String,
        /// Who took it.
        name: String,
        /// The code printed on the list that lay before both.
        list_code: String,
    },
    /// It was opened where it was to go.
    Unsealed {
        /// Number of the seal that was on it; empty when there was none.
        seal: String,
        /// Grams.
        weight_g: u32,
    },
    /// A paper of the list was found in it.
    Found {
        /// Its code.
        paper: PaperCode,
    },
    /// Something was in it that is not on its list.
    Surplus {
        /// What the scanner read.
        code: String,
        /// Whose paper it is; none where nobody knows the code.
        dossier: Option<DossierId>,
    },
    /// It was compared with its list.
    Compared {
        /// Codes that are missing.
        missing: Vec<PaperCode>,
        /// Codes that were too much.
        surplus: Vec<String>,
        /// What was written; needed where something is missing, too much, or the seal was broken.
        note: String,
    },
    /// It was not there in time, or opened and not compared in time: noted by the program.
    Overdue,
    /// A paper that had been missing turned up.
    TurnedUp {
        /// Its code.
        paper: PaperCode,
        /// Where.
        note: String,
    },
}

impl BagEvent {
    /// The name under which it is stored and shown.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::PaperIn { .. } => "paper_in",
            Self::PaperOut { .. } => "paper_out",
            Self::Sealed { .. } => "sealed",
            Self::Offered { .. } => "offered",
            Self::Kept => "kept",
            Self::Taken { .. } => "taken",
            Self::TakenOnPaper { .. } => "taken_on_paper",
            Self::Unsealed { .. } => "unsealed",
            Self::Found { .. } => "found",
            Self::Surplus { .. } => "surplus",
            Self::Compared { .. } => "compared",
            Self::Overdue => "overdue",
            Self::TurnedUp { .. } => "turned_up",
        }
    }

    /// Which of the bag's dossiers it is told of: of one paper's, of all, or of none.
    #[must_use]
    pub fn concerns(&self, before: Option<&Bag>) -> Vec<DossierId> {
        let of = |code: &PaperCode| before.and_then(|b| b.paper(code)).map(|p| p.dossier).into_iter().collect();
        match self {
            Self::PaperIn { dossier, .. } => vec![*dossier],
            Self::PaperOut { paper } | Self::Found { paper } | Self::TurnedUp { paper, .. } => of(paper),
            Self::Surplus { dossier, .. } => dossier.iter().copied().collect(),
            Self::Opened { .. } | Self::Offered { .. } | Self::Kept => Vec::new(),
            Self::Sealed { .. } | Self::Taken { .. } | Self::TakenOnPaper { .. } | Self::Unsealed { .. } => {
                before.map_or_else(Vec::new, Bag::dossiers)
            }
            // Whose papers were all found in the opened bag waits for nothing.
            Self::Overdue => before.map_or_else(Vec::new, Bag::dossiers_inside),
            // All hear how a bag with another seal ended; of others, what was found was told of when it was found.
            Self::Compared { missing, .. } => {
                if let Some(b) = before.filter(|b| b.broken.is_some()) {
                    return b.dossiers();
                }
                let mut lost: Vec<DossierId> = missing.iter().flat_map(of).collect::<Vec<_>>();
                lost.sort_unstable();
                lost.dedup();
                lost
            }
        }
    }
}

/// An event of a bag with when and who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BagRecorded {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: BagEvent,
}

/// A line of a bag's journal as it is stored: the body is the exact text that is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BagLine {
    /// The bag.
    pub bag: BagCode,
    /// Position, from 1.
    pub number: u64,
    /// JSON of [`BagRecorded`].
    pub body: String,
    /// Hash over the line before, the bag, the number and the body.
    pub hash: ChainHash,
}

impl BagLine {
    /// Writes an event as the next line.
    ///
    /// # Errors
    /// When the event cannot be written as JSON, which none of ours does.
    pub fn next(before: &ChainHash, bag: &BagCode, number: u64, recorded: &BagRecorded) -> serde_json::Result<Self> {
        let body = serde_json::to_string(recorded)?;
        Ok(Self {
            hash: chain(before, bag, number, &body),
            bag: bag.clone(),
            number,
            body,
        })
    }

    /// Whether the line is as it was written, given the hash of the line before.
    #[must_use]
    pub fn holds(&self, before: &ChainHash) -> bool {
        chain(before, &self.bag, self.number, &self.body) == self.hash
    }

    /// Reads the event back.
    ///
    /// # Errors
    /// When the body is not an event of a bag.
    pub fn read(&self) -> serde_json::Result<BagRecorded> {
        serde_json::from_str(&self.body)
    }
}

fn chain(before: &ChainHash, bag: &BagCode, number: u64, body: &str) -> ChainHash {
    let mut h = Sha256::new();
    h.update(before);
    h.update(bag.as_str().as_bytes());
    h.update([0]);
    h.update(number.to_be_bytes());
    h.update(body.as_bytes());
    h.finalize().into()
}

/// What an event tells of a seal that is not the bag's own.
fn broken(before: &Bag, recorded: &BagRecorded) -> Option<Broken> {
    match &recorded.event {
        BagEvent::Taken { seal, .. } | BagEvent::Unsealed { seal, .. } if *seal != before.seal => Some(Broken {
            seal: seal.clone(),
            seen_by: recorded.actor.name.clone(),
            last_hand: before.hand.name.clone(),
        }),
        _ => None,
    }
}

/// Folds one recorded event into the bag; none only for a first event that does not open it.
#[must_use]
pub fn evolve(bag: Option<Bag>, code: &BagCode, recorded: &BagRecorded) -> Option<Bag> {
    let mut b = match (bag, &recorded.event) {
        (Some(b), _) => b,
        (None, BagEvent::Opened { from, to, due }) => Bag {
            code: code.clone(),
            version: 0,
            state: BagState::Open,
            from: from.clone(),
            to: to.clone(),
            due: *due,
            seal: String::new(),
            weight_g: 0,
            papers: Vec::new(),
            hand: Hand::of(&recorded.actor, recorded.at),
            offer: None,
            seal_found: String::new(),
            broken: None,
            weight_found_g: 0,
            surplus: Vec::new(),
            overdue_at: None,
            note: String::new(),
        },
        (None, _) => return None,
    };
    b.version += 1;
    b.broken = b.broken.take().or_else(|| broken(&b, recorded));
    match &recorded.event {
        BagEvent::Opened { .. } => {}
        BagEvent::PaperIn { paper, dossier, what } => b.papers.push(BagPaper {
            code: paper.clone(),
            dossier: *dossier,
            what: what.clone(),
            found: false,
        }),
        BagEvent::PaperOut { paper } => b.papers.retain(|p| p.code != *paper),
        BagEvent::Sealed { seal, weight_g } => {
            b.state = BagState::Sealed;
            b.seal.clone_from(seal);
            b.weight_g = *weight_g;
        }
        BagEvent::Offered { to } => {
            b.offer = Some(Offer {
                to: to.clone(),
                at: recorded.at,
            });
        }
        BagEvent::Kept => b.offer = None,
        BagEvent::Taken { .. } => {
            b.hand = Hand::of(&recorded.actor, recorded.at);
            b.offer = None;
        }
        BagEvent::TakenOnPaper { name, .. } => {
            b.hand = Hand {
                account: None,
                name: name.clone(),
                agency: None,
                since: recorded.at,
            };
            b.offer = None;
        }
        BagEvent::Unsealed { seal, weight_g } => {
            b.state = BagState::Arrived;
            b.seal_found.clone_from(seal);
            b.weight_found_g = *weight_g;
        }
        BagEvent::Found { paper } | BagEvent::TurnedUp { paper, .. } => {
            for p in b.papers.iter_mut().filter(|p| p.code == *paper) {
                p.found = true;
            }
        }
        BagEvent::Surplus { code, .. } => b.surplus.push(code.clone()),
        BagEvent::Compared { note, .. } => {
            b.state = BagState::Closed;
            b.note.clone_from(note);
        }
        BagEvent::Overdue => b.overdue_at = Some(recorded.at),
    }
    Some(b)
}

/// The code of the list that was signed when the bag was last given on paper; none where it never was.
#[must_use]
pub fn signed_list<'a>(journal: impl IntoIterator<Item = &'a BagRecorded>) -> Option<&'a str> {
    let codes = journal.into_iter().filter_map(|r| match &r.event {
        BagEvent::TakenOnPaper { list_code, .. } => Some(list_code.as_str()),
        _ => None,
    });
    codes.last()
}

/// Folds a whole journal; none when it is empty or does not begin with an opening.
pub fn fold<'a>(code: &BagCode, journal: impl IntoIterator<Item = &'a BagRecorded>) -> Option<Bag> {
    let mut bag = None;
    for recorded in journal {
        bag = Some(evolve(bag, code, recorded)?);
    }
    bag
}
