//! A result after it was approved: signed, taken back, replaced. Nothing of it is forgotten: whoever holds an older file
//! learns what became of it.

use super::command::Command;
use super::decide::{needed, only, short};
use super::event::{Event, Recorded};
use super::refusal::Refusal;
use super::state::{Dossier, ResultPaper, Status};
use crate::id::FileHash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who has to sign a result: an officer, or an agency with its seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The key's name at the signing service.
    pub credential: String,
    /// Name as shown.
    pub name: String,
    /// Agency as shown.
    pub organisation: String,
}

/// What a digital signature is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureVerdict {
    /// It fits, and an authority that is trusted here vouches for the signer.
    Valid,
    /// What was signed is not what is there.
    Changed,
    /// The signer's certificate had been taken back before she signed.
    Revoked,
    /// The certificate was not in force when she signed.
    Expired,
    /// No authority that is trusted here vouches for the signer.
    Untrusted,
    /// It cannot be read.
    Unreadable,
}

/// A digital signature that was found in a file when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The signer as her certificate names her; empty when it cannot be read.
    pub name: String,
    /// Her organisation; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// When, by a time-stamp that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What it was worth then.
    pub verdict: SignatureVerdict,
}

/// A result that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// When.
    pub at: Timestamp,
    /// Who, as shown.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Why a file is the result no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Former {
    /// Approved, and not signed yet.
    Unsigned,
    /// Another took its place.
    Replaced,
}

/// A file that once was the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerResult {
    /// The file.
    pub hash: FileHash,
    /// Until when.
    pub until: Timestamp,
    /// Why no longer.
    pub why: Former,
    /// The reason that was given; empty for an unsigned one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl ResultPaper {
    /// Whether it waits for the signing service; it is given to nobody before.
    #[must_use]
    pub fn awaits_signature(&self) -> bool {
        !self.to_sign.is_empty()
    }
}

impl Dossier {
    /// Since when its result waits for the signing service; none when it does not.
    #[must_use]
    pub fn awaits_signature(&self) -> Option<Timestamp> {
        self.result.as_ref().filter(|r| r.awaits_signature()).map(|r| r.at)
    }
}

/// What follows from a command about a result that is there.
pub(super) fn decide(d: &Dossier, command: Command) -> Result<Vec<Event>, Refusal> {
    let result = d.result.as_ref().ok_or(Refusal::NotFound)?;
    match command {
        Command::SignResult { hash, size, signatures } => {
            // A job that runs twice signs once.
            if !result.awaits_signature() {
                return Err(Refusal::Overtaken);
            }
            Ok(vec![Event::ResultSigned { hash, size, signatures }])
        }
        Command::RevokeResult { reason } => {
            only(d, d.status == Status::Returned)?;
            if result.revoked.is_some() {
                return Err(Refusal::ResultRevoked);
            }
            Ok(vec![Event::ResultRevoked { reason: needed(reason)? }])
        }
        Command::ReplaceResult {
            result: new,
            text,
            reason,
        } => {
            only(d, d.status == Status::Returned)?;
            if result.awaits_signature() {
                return Err(Refusal::SignaturePending);
            }
            if result.outcome != new.outcome {
                return Err(Refusal::Overtaken);
            }
            let text = short(text)?;
            if text.is_empty() {
                return Err(Refusal::ProposalMissing);
            }
            Ok(vec![Event::ResultReplaced {
                result: new,
                text,
                reason: needed(reason)?,
            }])
        }
        _ => Err(Refusal::NotFound),
    }
}

/// What became of the result; answers the note of the moment.
pub(super) fn evolve(d: &mut Dossier, recorded: &Recorded) -> String {
    let at = recorded.at;
    let former = |d: &Dossier, why, reason: &str| {
        d.result.as_ref().map(|r| FormerResult {
            hash: r.hash,
            until: at,
            why,
            reason: reason.to_owned(),
        })
    };
    match &recorded.event {
        Event::ResultSigned { hash, size, signatures } => {
            let unsigned = former(d, Former::Unsigned, "");
            d.former_results.extend(unsigned);
            if let Some(result) = &mut d.result {
                result.hash = *hash;
                result.size = *size;
                result.to_sign.clear();
                result.signatures.clone_from(signatures);
            }
            let names: Vec<&str> = signatures.iter().map(|s| s.name.as_str()).collect();
            names.join(", ")
        }
        Event::ResultRevoked { reason } => {
            if let Some(result) = &mut d.result {
                result.revoked = Some(Revocation {
                    at,
                    by: recorded.actor.name.clone(),
                    reason: reason.clone(),
                });
            }
            reason.clone()
        }
        Event::ResultReplaced { result, text, reason } => {
            let old = former(d, Former::Replaced, reason);
            d.former_results.extend(old);
            d.result = Some(result.clone());
            if let Some(proposal) = &mut d.proposal {
                proposal.text.clone_from(text);
            }
            reason.clone()
        }
        _ => String::new(),
    }
}
