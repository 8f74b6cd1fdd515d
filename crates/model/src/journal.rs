//! The hash chain of the journal: each event carries the hash of the one before it in its dossier, so that a changed
//! or removed line shows.

use crate::dossier::Recorded;
use crate::id::DossierId;
use sha2::{Digest, Sha256};

/// Hash of one event, and of all before it in its dossier.
pub type ChainHash = [u8; 32];

/// The hash before the first event.
pub const START: ChainHash = [0; 32];

/// An event as the journal keeps it: the body is the exact text that is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The dossier.
    pub dossier: DossierId,
    /// Position in the dossier's journal, from 1.
    pub version: u64,
    /// JSON of [`Recorded`].
    pub body: String,
    /// Hash over the line before, the dossier, the version and the body.
    pub hash: ChainHash,
}

impl Line {
    /// Writes an event as the next line.
    ///
    /// # Errors
    /// When the event cannot be written as JSON, which no event of ours does.
    pub fn next(before: &ChainHash, dossier: DossierId, version: u64, recorded: &Recorded) -> serde_json::Result<Self> {
        let body = serde_json::to_string(recorded)?;
        let hash = chain(before, dossier, version, &body);
        Ok(Self {
            dossier,
            version,
            body,
            hash,
        })
    }

    /// Whether the line is as it was written, given the hash of the line before.
    #[must_use]
    pub fn holds(&self, before: &ChainHash) -> bool {
        chain(before, self.dossier, self.version, &self.body) == self.hash
    }

    /// Reads the event back.
    ///
    /// # Errors
    /// When the body is not an event.
    pub fn read(&self) -> serde_json::Result<Recorded> {
        serde_json::from_str(&self.body)
    }
}

fn chain(before: &ChainHash, dossier: DossierId, version: u64, body: &str) -> ChainHash {
    let mut h = Sha256::new();
    h.update(before);
    h.update(dossier.0.as_bytes());
    h.update(version.to_be_bytes());
    h.update(body.as_bytes());
    h.finalize().into()
}
