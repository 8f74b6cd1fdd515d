//! Proof of the publications: the chain of their journal, the fold of each, the hash of its files.

use super::hash_of;
use crate::Office;
use crate::error::Result;
use motcua_model::id::PublicationId;
use motcua_model::journal::START;
use motcua_model::publication::{Publication, PublicationState, apply};
use motcua_store::StoreError;
use std::collections::BTreeMap;

/// Lines read at once.
const PAGE: u32 = 500;

/// What a run over the publications found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicationProof {
    /// Publications whose row and files were compared with the journal.
    pub publications: u64,
    /// Lines of the journal whose hash was recomputed.
    pub steps: u64,
    /// The first damage, in words.
    pub damage: Option<String>,
}

impl Office {
    /// Verifies the journal of publications and everything that follows from it; stops at the first damage.
    ///
    /// # Errors
    /// The store, when it cannot be read at all.
    pub async fn verify_publications(&self) -> Result<PublicationProof> {
        let mut proof = PublicationProof::default();
        let mut folded: BTreeMap<PublicationId, Publication> = BTreeMap::new();
        let mut before = START;
        loop {
            let lines = self.store().steps_after(proof.steps, PAGE).await?;
            if lines.is_empty() {
                break;
            }
            for line in lines {
                let step = if line.seq != proof.steps + 1 {
                    Err(format!("line {} of the journal of publications is missing", proof.steps + 1))
                } else if !line.holds(&before) {
                    Err(format!("line {} of the journal of publications was changed", line.seq))
                } else {
                    line.read()
                        .map_err(|e| format!("line {} of the journal of publications cannot be read: {e}", line.seq))
                };
                let applied = step.map(|taken| apply(folded.remove(&line.publication), line.publication, &taken));
                match applied {
                    Ok(Some(p)) => folded.insert(line.publication, p),
                    Ok(None) => return Ok(proof.damaged(format!("publication {} does not begin", line.publication))),
                    Err(what) => return Ok(proof.damaged(what)),
                };
                before = line.hash;
                proof.steps = line.seq;
            }
        }
        for (id, p) in &folded {
            let stored = match self.store().publication(*id).await {
                Ok(stored) => stored,
                Err(StoreError::Inconsistent { .. }) => None,
                Err(e) => return Err(e.into()),
            };
            if stored.map(|s| s.publication).as_ref() != Some(p) {
                return Ok(proof.damaged(format!("publication {id} differs from its journal")));
            }
            let sent = !matches!(p.state, PublicationState::Draft | PublicationState::Withdrawn);
            if sent && p.hash != Some(hash_of(&self.store().publication_files(*id).await?)) {
                return Ok(proof.damaged(format!("the files of publication {id} are not those that were sent")));
            }
            proof.publications += 1;
        }
        if self.store().count_publications().await? != proof.publications {
            return Ok(proof.damaged("a publication has a row but no journal".to_owned()));
        }
        Ok(proof)
    }
}

impl PublicationProof {
    fn damaged(mut self, what: String) -> Self {
        self.damage = Some(what);
        self
    }
}
