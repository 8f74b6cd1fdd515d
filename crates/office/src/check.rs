//! Whether a file that somebody holds is a result of ours, byte for byte.

use crate::Office;
use crate::draft::PAPER_MAX;
use crate::error::{PaperProblem, Result};
use crate::paper::media_type;
use motcua_model::dossier::{Dossier, ResultPaper};
use motcua_model::id::FileHash;
use sha2::{Digest, Sha256};

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
    /// The dossier and the result that a file is, to the byte; none when it was changed or is not ours.
    ///
    /// # Errors
    /// [`PaperProblem`] for a file that cannot be a result: empty, no PDF, or one with a password.
    pub async fn check_file(&self, seen: Seen) -> Result<Option<(Dossier, ResultPaper)>> {
        if let Some(problem) = seen.problem() {
            return Err(problem.into());
        }
        let hash = FileHash(seen.hash.finalize().into());
        let found = self.store().dossier_by_result(hash).await?.map(|l| l.dossier);
        Ok(found.and_then(|d| {
            let result = d.result.clone().filter(|r| r.hash == hash)?;
            Some((d, result))
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
