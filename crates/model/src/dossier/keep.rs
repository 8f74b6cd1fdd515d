//! A paper that an officer compared with its original: she answers for it once, and its owner may use it again.

use super::decide::only;
use super::event::{Event, Recorded};
use super::refusal::Refusal;
use super::state::{Dossier, Status};
use crate::id::{DossierCode, DossierId, FileHash};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who compared a paper with its original (đã đối chiếu bản chính; Decree 61/2018: what was compared is asked for no more).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// When.
    pub at: Timestamp,
    /// Who, as shown.
    pub by: String,
}

/// Where a paper that is used again is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reused {
    /// The dossier.
    pub dossier: DossierId,
    /// Its code.
    pub code: DossierCode,
    /// Whether it is the result of that dossier; else a paper of it that was compared.
    pub result: bool,
}

/// What follows from comparing a paper.
pub(super) fn decide(d: &Dossier, paper: FileHash) -> Result<Vec<Event>, Refusal> {
    only(
        d,
        !matches!(
            d.status,
            Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled
        ),
    )?;
    let found = d.papers.iter().find(|p| p.hash == paper).ok_or(Refusal::NotFound)?;
    if found.compared.is_some() {
        return Err(Refusal::Overtaken);
    }
    Ok(vec![Event::PaperCompared { paper }])
}

/// Marks the paper; answers the note of the moment.
pub(super) fn evolve(d: &mut Dossier, recorded: &Recorded, paper: FileHash) -> String {
    let mut name = String::new();
    for p in d.papers.iter_mut().filter(|p| p.hash == paper) {
        p.compared = Some(Compared {
            at: recorded.at,
            by: recorded.actor.name.clone(),
        });
        name.clone_from(&p.name);
    }
    name
}
