//! What follows from a command about a bag: events, or a refusal with its reason.

use super::bag::{Bag, BagState};
use super::code::{BagCode, CodeProblem, PaperCode, read_paper};
use super::event::BagEvent;
use crate::actor::Actor;
use crate::id::{AgencyCode, DossierId};
use crate::text::clean_text;
use jiff::Timestamp;

/// The most papers of a bag.
const PAPERS_MAX: usize = 500;
/// Heaviest bag in grams.
const WEIGHT_MAX: u32 = 50_000;
/// Longest name, seal or note, in characters.
const TEXT_MAX: usize = 500;

/// What is typed for the seal of a bag that has none any more; an empty field is one that was forgotten.
pub const NO_SEAL: &str = "0";

/// A paper as it is known when it is scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPaper {
    /// Whose it is.
    pub dossier: DossierId,
    /// What it is, in words.
    pub what: String,
    /// The bag that it is in; none while it is in none.
    pub bag: Option<BagCode>,
}

/// What may be wanted of a bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BagCommand {
    /// Begin to pack one.
    Open {
        /// Where it is to go.
        to: AgencyCode,
        /// By when it has to be there.
        due: Timestamp,
    },
    /// A paper was scanned: it goes in while the bag is packed, it is found once the bag is opened.
    Scan {
        /// What the scanner read.
        typed: String,
        /// What is known of that paper; none when no paper has the code.
        known: Option<KnownPaper>,
    },
    /// Take a paper out again.
    TakeOut {
        /// Its code.
        paper: PaperCode,
    },
    /// Close it.
    Seal {
        /// Number of the seal.
        seal: String,
        /// Grams.
        weight_g: u32,
    },
    /// Offer it to an agency or a post office.
    Offer {
        /// Whose people may take it.
        to: AgencyCode,
    },
    /// Take the offer back.
    Keep,
    /// Take it.
    Take {
        /// Number of the seal that is on it; [`NO_SEAL`] when there is none.
        seal: String,
    },
    /// Give it to somebody who signs on paper.
    GiveOnPaper {
        /// Who takes it.
        name: String,
        /// The code printed on the list.
        list_code: String,
    },
    /// Take it from somebody who signed on paper.
    TakeFromPaper {
        /// Number of the seal that is on it; [`NO_SEAL`] when there is none.
        seal: String,
        /// The code printed on the list that came with it.
        list_code: String,
    },
    /// Open it.
    Unseal {
        /// Number of the seal that is on it; [`NO_SEAL`] when there is none.
        seal: String,
        /// Grams.
        weight_g: u32,
    },
    /// Compare it with its list and close it.
    Compare {
        /// What there is to say.
        note: String,
    },
    /// Note that it is late: not there, or there and not compared.
    Remind,
    /// A missing paper turned up.
    TurnUp {
        /// Its code.
        paper: PaperCode,
        /// Where.
        note: String,
    },
}

/// Why a bag's rules say no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BagRefusal {
    /// What was scanned is no code of a paper.
    #[error(transparent)]
    Code(#[from] CodeProblem),
    /// No paper has this code.
    #[error("no paper has the code {0}")]
    Unknown(PaperCode),
    /// It was scanned before: nothing changes.
    #[error("{0} was scanned before")]
    Before(PaperCode),
    /// The paper is in another bag.
    #[error("{0} is in the bag {1}")]
    OtherBag(PaperCode, BagCode),
    /// This cannot be done with the bag as it stands.
    #[error("not possible while the bag is {0:?}")]
    WrongState(BagState),
    /// It is in somebody else's hands.
    #[error("it is in the hands of {0}")]
    OtherHand(String),
    /// It was not offered to her.
    #[error("it was not offered to this agency")]
    NotOffered,
    /// Who gives cannot be who takes.
    #[error("two must sign")]
    SamePerson,
    /// It is empty.
    #[error("the bag is empty")]
    Empty,
    /// More than a bag holds.
    #[error("a bag holds at most {0} papers")]
    Full(usize),
    /// Number of the seal or weight is missing.
    #[error("seal and weight are needed")]
    SealMissing,
    /// Something must be written.
    #[error("a note is needed")]
    NoteMissing,
    /// A name is needed.
    #[error("a name is needed")]
    NameMissing,
    /// The code on the list is another.
    #[error("the code of the list is another")]
    ListCode,
    /// The code on the list that came with it is another.
    #[error("the code of the list that came with it is another")]
    CarriedList,
    /// It must go somewhere else than where it is, and be there later than now.
    #[error("the way is not possible")]
    NoWay,
    /// It is not its destination.
    #[error("it is to be opened at {0}")]
    OtherPlace(AgencyCode),
    /// Somebody was faster.
    #[error("the bag changed meanwhile")]
    Overtaken,
    /// She has nothing to do with it.
    #[error("no such bag")]
    NotFound,
}

/// What a decision may look at besides the bag.
#[derive(Clone, Copy, Debug)]
pub struct BagContext<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// The code of the list that was signed when the bag was last given on paper; none where it never was.
    pub signed: Option<&'a str>,
}

/// Decides what follows from `command` for `bag` (none before it is opened).
///
/// # Errors
/// A [`BagRefusal`]; nothing has changed then.
pub fn decide(bag: Option<&Bag>, command: BagCommand, cx: &BagContext<'_>) -> Result<Vec<BagEvent>, BagRefusal> {
    let own = cx.actor.agency.as_ref().ok_or(BagRefusal::NotFound);
    let Some(b) = bag else {
        return match command {
            BagCommand::Open { to, due } => {
                let from = own?.clone();
                if from == to || due <= cx.now {
                    return Err(BagRefusal::NoWay);
                }
                Ok(vec![BagEvent::Opened { from, to, due }])
            }
            _ => Err(BagRefusal::NotFound),
        };
    };
    match command {
        BagCommand::Open { .. } => Err(BagRefusal::WrongState(b.state)),
        BagCommand::Scan { typed, known } => scan(b, &typed, known, cx),
        BagCommand::TakeOut { paper } => {
            only(b, BagState::Open)?;
            in_hand(b, cx)?;
            b.paper(&paper).ok_or_else(|| BagRefusal::Unknown(paper.clone()))?;
            Ok(vec![BagEvent::PaperOut { paper }])
        }
        BagCommand::Seal { seal, weight_g } => {
            only(b, BagState::Open)?;
            in_hand(b, cx)?;
            if b.papers.is_empty() {
                return Err(BagRefusal::Empty);
            }
            let seal = text(&seal)?;
            if seal.is_empty() || seal == NO_SEAL || weight_g == 0 || weight_g > WEIGHT_MAX {
                return Err(BagRefusal::SealMissing);
            }
            Ok(vec![BagEvent::Sealed { seal, weight_g }])
        }
        BagCommand::Offer { to } => {
            only(b, BagState::Sealed)?;
            in_hand(b, cx)?;
            Ok(vec![BagEvent::Offered { to }])
        }
        BagCommand::Keep => {
            in_hand(b, cx)?;
            b.offer.as_ref().ok_or(BagRefusal::NotOffered)?;
            Ok(vec![BagEvent::Kept])
        }
        BagCommand::Take { seal } => {
            only(b, BagState::Sealed)?;
            let offer = b.offer.as_ref().ok_or(BagRefusal::NotOffered)?;
            if b.hand.account == Some(cx.actor.account) {
                return Err(BagRefusal::SamePerson);
            }
            if offer.to != *own? {
                return Err(BagRefusal::NotOffered);
            }
            Ok(vec![BagEvent::Taken {
                from: b.hand.name.clone(),
                seal: seen(&seal)?,
            }])
        }
        BagCommand::GiveOnPaper { name, list_code } => {
            only(b, BagState::Sealed)?;
            in_hand(b, cx)?;
            let name = text(&name)?;
            if name.is_empty() {
                return Err(BagRefusal::NameMissing);
            }
            // The code is on the printed list only: who types it has the paper that both signed.
            if list_code.trim() != b.list_code() {
                return Err(BagRefusal::ListCode);
            }
            Ok(vec![BagEvent::TakenOnPaper {
                from: cx.actor.name.clone(),
                name,
                list_code: list_code.trim().to_owned(),
            }])
        }
        BagCommand::TakeFromPaper { seal, list_code } => {
            only(b, BagState::Sealed)?;
            if b.hand.account.is_some() {
                return Err(BagRefusal::OtherHand(b.hand.name.clone()));
            }
            own?;
            // A number is read from afar: who types the code has the list that goes with the bag.
            if cx.signed.is_none_or(|signed| list_code.trim() != signed) {
                return Err(BagRefusal::CarriedList);
            }
            Ok(vec![BagEvent::Taken {
                from: b.hand.name.clone(),
                seal: seen(&seal)?,
            }])
        }
        BagCommand::Unseal { seal, weight_g } => {
            only(b, BagState::Sealed)?;
            in_hand(b, cx)?;
            if b.to != *own? {
                return Err(BagRefusal::OtherPlace(b.to.clone()));
            }
            if weight_g == 0 || weight_g > WEIGHT_MAX {
                return Err(BagRefusal::SealMissing);
            }
            Ok(vec![BagEvent::Unsealed {
                seal: seen(&seal)?,
                weight_g,
            }])
        }
        BagCommand::Compare { note } => {
            only(b, BagState::Arrived)?;
            in_hand(b, cx)?;
            let missing: Vec<PaperCode> = b.missing().map(|p| p.code.clone()).collect();
            let note = text(&note)?;
            if note.is_empty() && (!missing.is_empty() || !b.surplus.is_empty() || b.broken.is_some()) {
                return Err(BagRefusal::NoteMissing);
            }
            Ok(vec![BagEvent::Compared {
                missing,
                surplus: b.surplus.clone(),
                note,
            }])
        }
        BagCommand::Remind => {
            // What was opened and not compared is as little known to be there as what is on its way.
            if b.overdue_at.is_some() || b.state == BagState::Closed || b.due > cx.now {
                return Err(BagRefusal::WrongState(b.state));
            }
            Ok(vec![BagEvent::Overdue])
        }
        BagCommand::TurnUp { paper, note } => {
            only(b, BagState::Closed)?;
            let known = b.paper(&paper).ok_or_else(|| BagRefusal::Unknown(paper.clone()))?;
            if known.found {
                return Err(BagRefusal::Before(paper));
            }
            let own = own?;
            if *own != b.to && *own != b.from {
                return Err(BagRefusal::NotFound);
            }
            let note = text(&note)?;
            if note.is_empty() {
                return Err(BagRefusal::NoteMissing);
            }
            Ok(vec![BagEvent::TurnedUp { paper, note }])
        }
    }
}

/// A scan: a paper goes in, or is found. What is on no list is noted as surplus; it is somewhere else missing.
fn scan(b: &Bag, typed: &str, known: Option<KnownPaper>, cx: &BagContext<'_>) -> Result<Vec<BagEvent>, BagRefusal> {
    in_hand(b, cx)?;
    let paper = read_paper(typed)?;
    match b.state {
        BagState::Open => {
            if b.paper(&paper).is_some() {
                return Err(BagRefusal::Before(paper));
            }
            if b.papers.len() >= PAPERS_MAX {
                return Err(BagRefusal::Full(PAPERS_MAX));
            }
            let known = known.ok_or_else(|| BagRefusal::Unknown(paper.clone()))?;
            if let Some(other) = known.bag {
                return Err(BagRefusal::OtherBag(paper, other));
            }
            let KnownPaper { dossier, what, .. } = known;
            Ok(vec![BagEvent::PaperIn { paper, dossier, what }])
        }
        BagState::Arrived => match b.paper(&paper) {
            Some(p) if p.found => Err(BagRefusal::Before(paper)),
            Some(_) => Ok(vec![BagEvent::Found { paper }]),
            None if b.surplus.contains(&paper.0) => Err(BagRefusal::Before(paper)),
            None => Ok(vec![BagEvent::Surplus {
                code: paper.0,
                dossier: known.map(|k| k.dossier),
            }]),
        },
        state => Err(BagRefusal::WrongState(state)),
    }
}

impl Bag {
    /// The code on the printed list: six digits made of what the list says, so that an older printing has another.
    #[must_use]
    pub fn list_code(&self) -> String {
        use sha2::{Digest, Sha256};
        let mut h = Sha256::new();
        h.update(self.code.as_str());
        h.update(&self.seal);
        h.update(self.weight_g.to_be_bytes());
        for p in &self.papers {
            h.update(p.code.as_str());
        }
        h.update(&self.hand.name);
        h.update(self.hand.since.as_microsecond().to_be_bytes());
        let sum = h.finalize();
        let number = u32::from_be_bytes([sum[0], sum[1], sum[2], sum[3]]);
        format!("{:06}", number % 1_000_000)
    }
}

fn only(b: &Bag, state: BagState) -> Result<(), BagRefusal> {
    if b.state == state {
        Ok(())
    } else {
        Err(BagRefusal::WrongState(b.state))
    }
}

/// Only who holds it does something to it; colleagues of the same office hold it together while it is packed or unpacked.
fn in_hand(b: &Bag, cx: &BagContext<'_>) -> Result<(), BagRefusal> {
    let same = b.hand.account == Some(cx.actor.account);
    let together =
        matches!(b.state, BagState::Open | BagState::Arrived) && b.hand.agency.is_some() && b.hand.agency == cx.actor.agency;
    if same || together {
        Ok(())
    } else {
        Err(BagRefusal::OtherHand(b.hand.name.clone()))
    }
}

/// The seal that somebody saw on the bag, empty for none.
fn seen(typed: &str) -> Result<String, BagRefusal> {
    match text(typed)?.as_str() {
        "" => Err(BagRefusal::SealMissing),
        NO_SEAL => Ok(String::new()),
        seal => Ok(seal.to_owned()),
    }
}

fn text(typed: &str) -> Result<String, BagRefusal> {
    let text = clean_text(typed, TEXT_MAX).map_err(|_| BagRefusal::NoteMissing)?;
    Ok(text.trim().to_owned())
}
