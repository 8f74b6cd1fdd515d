//! Signatures on papers: `PAdES` baseline (ETSI EN 319 142-1), level B-T where a time-stamp authority is set up, B-B
//! where not. Keys are never here: the file and its hash are prepared, a service that holds the key signs, the file is
//! completed and examined. To speak to another service, write another [`remote::Remote`].
//!
//! Not here: who may sign what, and what becomes of the file (`motcua-office`).

mod cms;
mod der;
mod oid;
pub mod pdf;
pub mod remote;
mod trust;
mod verify;

pub use remote::{Remote, Settings, Signer};
pub use trust::Trust;
pub use verify::{Found, Verdict, signatures};

/// Signatures as an installation has them.
#[derive(Clone, Default)]
pub struct Signatures {
    /// Whom it trusts; signatures of others are read, and said to be others'.
    pub trust: Trust,
    /// The signing service; none where results are not signed.
    pub remote: Option<Remote>,
}

/// A file was not signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The file is not one that can be signed here.
    #[error("the file cannot be signed: {0}")]
    Unreadable(&'static str),
    /// The service cannot be reached or refuses.
    #[error("the signing service: {0}")]
    Away(String),
    /// The service's answer is not what was asked for.
    #[error("the signing service's answer: {0}")]
    Answer(&'static str),
    /// What came back is a signature, but not a good one over this file.
    #[error("the signature that came back is {0:?}")]
    Worthless(Verdict),
    /// The container does not fit into its place.
    #[error("the signature is too large")]
    TooLarge,
}

impl SignError {
    /// Whether trying again may help.
    #[must_use]
    pub fn temporary(&self) -> bool {
        !matches!(self, Self::Unreadable(_) | Self::TooLarge)
    }
}
