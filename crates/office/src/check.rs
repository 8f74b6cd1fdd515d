//! Whether a file that somebody holds is a result of ours, byte for byte.

use crate::Office;
use crate::draft::PAPER_MAX;
use crate::error::{PaperProblem, Result};
use crate::paper::media_type;
use jiff::Timestamp;
use motcua_model::dossier::{Dossier, Former, Signature};
use motcua_model::id::FileHash;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What makes a PDF an encrypted one.
const ENCRYPT: &[u8] = b"/Encrypt";
/// First bytes that tell a file's kind.
const HEAD: usize = 16;

/// What is known of a file that is only looked at: it is read as it comes, and nothing of it is kept.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    hash: Sha256,
    head: Vec<u8>,
    /// The last bytes, among which a word may begin that ends in the next.
    tail: Vec<u8>,
    encrypted: bool,
    size: u64,
    /// The file itself, for its signatures; dropped with the answer.
    bytes: Vec<u8>,
}

/// What is known of a file.
#[derive(Clone, Debug)]
pub enum Checked {
    /// A result of ours, to the byte.
    Ours {
        /// Whose.
        dossier: Box<Dossier>,
        /// How it stands.
        standing: Standing,
    },
    /// It begins with a signed result of ours, and something was added behind it.
    Extended {
        /// Whose.
        dossier: Box<Dossier>,
    },
    /// No result of ours as it is, but digitally signed.
    Signed {
        /// The signatures, in the order in which they were made.
        signatures: Vec<Signature>,
        /// Whether the last one covers the file to its end.
        whole: bool,
    },
    /// Neither.
    Unknown,
}

/// How a result of ours stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Valid,
    /// It was taken back.
    Revoked(Timestamp),
    /// Another took its place.
    Replaced(Timestamp),
    /// It was approved and is not the signed one.
    Unsigned,
}

/// How the file with this hash stands among the results of a dossier; none when it never was one.
fn standing(d: &Dossier, hash: FileHash) -> Option<Standing> {
    let former = d.former_results.iter().rfind(|f| f.hash == hash);
    match (&d.result, former) {
        (Some(r), _) if r.hash == hash && r.awaits_signature() => Some(Standing::Unsigned),
        (Some(r), _) if r.hash == hash => Some(r.revoked.as_ref().map_or(Standing::Valid, |v| Standing::Revoked(v.at))),
        (_, Some(f)) => Some(match f.why {
            Former::Unsigned => Standing::Unsigned,
            Former::Replaced => Standing::Replaced(f.until),
        }),
        _ => None,
    }
}

impl Seen {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`PaperProblem::TooLarge`] beyond what a paper may have.
    pub fn add(&mut self, bytes: &[u8]) -> std::result::Result<(), PaperProblem> {
        self.size += bytes.len() as u64;
        if self.size > PAPER_MAX {
            return Err(PaperProblem::TooLarge {
                max_mb: PAPER_MAX / 1024 / 1024,
            });
        }
        self.hash.update(bytes);
        self.bytes.extend_from_slice(bytes);
        let missing = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        if !self.encrypted {
            self.tail.extend_from_slice(bytes);
            self.encrypted = self.tail.windows(ENCRYPT.len()).any(|w| w == ENCRYPT);
            self.tail.drain(..self.tail.len().saturating_sub(ENCRYPT.len() - 1));
        }
        Ok(())
    }

    /// Why no answer about a file is possible that is no result of ours.
    fn problem(&self) -> Option<PaperProblem> {
        if self.size == 0 {
            return Some(PaperProblem::Empty);
        }
        match media_type(&self.head) {
            Ok("application/pdf") if self.encrypted => Some(PaperProblem::Encrypted),
            Ok("application/pdf") => None,
            _ => Some(PaperProblem::WrongType),
        }
    }
}

impl Office {
    /// What a file is: a result of ours and how it stands, something signed elsewhere, or neither.
    ///
    /// # Errors
    /// [`PaperProblem`] for a file that cannot be a result: empty, no PDF, or one with a password.
    pub async fn check_file(&self, seen: Seen) -> Result<Checked> {
        if let Some(problem) = seen.problem() {
            return Err(problem.into());
        }
        let hash = FileHash(seen.hash.finalize().into());
        if let Some((dossier, standing)) = self.known_result(hash).await? {
            return Ok(Checked::Ours { dossier, standing });
        }
        let length = seen.bytes.len();
        let bytes = Arc::new(seen.bytes);
        let found = self.signatures_in(bytes.clone()).await?;
        let Some(end) = found.last().map(|(_, covers)| *covers) else {
            return Ok(Checked::Unknown);
        };
        if end < length {
            let signed = FileHash(Sha256::digest(&bytes[..end]).into());
            if let Some((dossier, _)) = self.known_result(signed).await? {
                return Ok(Checked::Extended { dossier });
            }
        }
        Ok(Checked::Signed {
            signatures: found.into_iter().map(|(s, _)| s).collect(),
            whole: end == length,
        })
    }

    async fn known_result(&self, hash: FileHash) -> Result<Option<(Box<Dossier>, Standing)>> {
        let found = self.store().dossier_by_result(hash).await?.map(|l| l.dossier);
        Ok(found.and_then(|d| {
            let standing = standing(&d, hash)?;
            Some((Box::new(d), standing))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;
    use crate::error::PaperProblem;

    fn seen(parts: &[&[u8]]) -> Seen {
        let mut seen = Seen::default();
        for part in parts {
            assert_eq!(seen.add(part), Ok(()));
        }
        seen
    }

    #[test]
    fn a_file_is_judged_the_same_however_it_is_cut() {
        assert_eq!(seen(&[]).problem(), Some(PaperProblem::Empty));
        assert_eq!(
            seen(&[b"%P", b"DF-1.7 /Enc", b"ryp", b"t 2 0 R"]).problem(),
            Some(PaperProblem::Encrypted)
        );
        assert_eq!(seen(&[b"%", b"PDF-1.7 /Enc", b"oding"]).problem(), None);
        assert_eq!(seen(&[b"\x89PNG", b"\r\n\x1a\n"]).problem(), Some(PaperProblem::WrongType));
    }
}
