//! The journal of publications: one chain over all of them, since steps are few and their order is what counts.

use super::StepTaken;
use crate::id::PublicationId;
use crate::journal::ChainHash;
use sha2::{Digest, Sha256};

/// A step as the journal keeps it: the body is the exact text that is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// Position in the journal, from 1, without a gap.
    pub seq: u64,
    /// Which publication.
    pub publication: PublicationId,
    /// JSON of [`StepTaken`].
    pub body: String,
    /// Hash over the line before, the position, the publication and the body.
    pub hash: ChainHash,
}

impl StepLine {
    /// Writes a step as the line after `(seq, hash)`.
    ///
    /// # Errors
    /// When the step cannot be written as JSON, which no step of ours does.
    pub fn next(before: (u64, &ChainHash), publication: PublicationId, taken: &StepTaken) -> serde_json::Result<Self> {
        let body = serde_json::to_string(taken)?;
        let seq = before.0 + 1;
        let hash = chain(before.1, seq, publication, &body);
        Ok(Self {
            seq,
            publication,
            body,
            hash,
        })
    }

    /// Whether the line is as it was written, given the hash of the line before.
    #[must_use]
    pub fn holds(&self, before: &ChainHash) -> bool {
        chain(before, self.seq, self.publication, &self.body) == self.hash
    }

    /// Reads the step back.
    ///
    /// # Errors
    /// When the body is not a step.
    pub fn read(&self) -> serde_json::Result<StepTaken> {
        serde_json::from_str(&self.body)
    }
}

fn chain(before: &ChainHash, seq: u64, publication: PublicationId, body: &str) -> ChainHash {
    let mut h = Sha256::new();
    h.update(before);
    h.update(seq.to_be_bytes());
    h.update(publication.0.as_bytes());
    h.update(body.as_bytes());
    h.finalize().into()
}
