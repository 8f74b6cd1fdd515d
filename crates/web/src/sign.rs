//! Digital signatures as pages show them.

use crate::view;
use motcua_model::dossier::{Signature, SignatureVerdict};
use motcua_words::Words;

/// A signature in a line.
pub struct SignatureLine {
    /// Who, and when.
    pub who: String,
    /// What it is worth.
    pub worth: &'static str,
}

impl SignatureLine {
    /// Puts a signature in words.
    pub fn new(w: Words, s: &Signature) -> Self {
        let who = match (s.name.as_str(), s.organisation.as_str(), s.at) {
            ("", ..) => String::new(),
            (name, organisation, Some(at)) => w.sign_line(view::moment(w, at), name, organisation),
            (name, organisation, None) => w.sign_line_untimed(name, organisation),
        };
        Self {
            // A seal's name is its organisation's.
            who: who.replace(" ()", "").replace(&format!("{0} ({0})", s.name), &s.name),
            worth: match s.verdict {
                SignatureVerdict::Valid => w.sign_verdict_valid(),
                SignatureVerdict::Changed => w.sign_verdict_changed(),
                SignatureVerdict::Revoked => w.sign_verdict_revoked(),
                SignatureVerdict::Expired => w.sign_verdict_expired(),
                SignatureVerdict::Untrusted => w.sign_verdict_untrusted(),
                SignatureVerdict::Unreadable => w.sign_verdict_unreadable(),
            },
        }
    }

    /// Puts all of them in words.
    pub fn all(w: Words, signatures: &[Signature]) -> Vec<Self> {
        signatures.iter().map(|s| Self::new(w, s)).collect()
    }
}
