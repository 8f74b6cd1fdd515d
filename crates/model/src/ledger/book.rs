//! What happened to money that belongs to no dossier: counted tills, what reached the treasury, money of nobody known.
//! Each agency's book is a chain of its own, like a dossier's journal.

use super::{Account, Entry, Posting, vnd};
use crate::actor::Actor;
use crate::dossier::PaymentMethod;
use crate::id::AgencyCode;
use crate::journal::ChainHash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Something that happened to an agency's money outside a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BookEvent {
    /// A till was counted and its cash handed over to the treasury.
    TillClosed {
        /// Name of the till's account, `till:24.12` or `post:24.02`.
        till: String,
        /// VND that the book says.
        expected: u64,
        /// VND that was counted.
        counted: u64,
        /// What the counter wrote; needed when the two differ.
        note: String,
    },
    /// A gateway or a bank paid out what it held.
    Settled {
        /// Which of them.
        method: PaymentMethod,
        /// VND that reached the treasury.
        amount: u64,
        /// VND that it kept for its service.
        cost: u64,
        /// Its number.
        reference: String,
    },
    /// Money came of which nobody knows whose it is.
    UnknownCame {
        /// To which account.
        method: PaymentMethod,
        /// VND.
        amount: u64,
        /// The bank's number.
        reference: String,
        /// What the payer wrote.
        content: String,
    },
    /// It was found out whose it is (it is booked at the dossier), or it was sent back.
    UnknownCleared {
        /// At which account.
        method: PaymentMethod,
        /// VND.
        amount: u64,
        /// The bank's number.
        reference: String,
        /// Why.
        reason: String,
    },
}

impl BookEvent {
    /// The name under which it is stored and shown.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TillClosed { .. } => "till_closed",
            Self::Settled { .. } => "settled",
            Self::UnknownCame { .. } => "unknown_came",
            Self::UnknownCleared { .. } => "unknown_cleared",
        }
    }
}

/// An event of a book with when and who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookRecorded {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// Whose book.
    pub agency: AgencyCode,
    /// What.
    pub event: BookEvent,
}

/// A line of a book as it is stored: the body is the exact text that is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookLine {
    /// Whose book.
    pub agency: AgencyCode,
    /// Position, from 1.
    pub number: u64,
    /// JSON of [`BookRecorded`].
    pub body: String,
    /// Hash over the line before, the agency, the number and the body.
    pub hash: ChainHash,
}

impl BookLine {
    /// Writes an event as the next line.
    ///
    /// # Errors
    /// When the event cannot be written as JSON, which none of ours does.
    pub fn next(before: &ChainHash, number: u64, recorded: &BookRecorded) -> serde_json::Result<Self> {
        let body = serde_json::to_string(recorded)?;
        Ok(Self {
            hash: chain(before, &recorded.agency, number, &body),
            agency: recorded.agency.clone(),
            number,
            body,
        })
    }

    /// Whether the line is as it was written, given the hash of the line before.
    #[must_use]
    pub fn holds(&self, before: &ChainHash) -> bool {
        chain(before, &self.agency, self.number, &self.body) == self.hash
    }

    /// Reads the event back.
    ///
    /// # Errors
    /// When the body is not an event of a book.
    pub fn read(&self) -> serde_json::Result<BookRecorded> {
        serde_json::from_str(&self.body)
    }
}

fn chain(before: &ChainHash, agency: &AgencyCode, number: u64, body: &str) -> ChainHash {
    let mut h = Sha256::new();
    h.update(before);
    h.update(agency.as_str().as_bytes());
    h.update([0]);
    h.update(number.to_be_bytes());
    h.update(body.as_bytes());
    h.finalize().into()
}

/// The entry that an event of a book makes.
#[must_use]
pub fn post_book(recorded: &BookRecorded) -> Entry {
    let (method, reference, moved, lines) = match &recorded.event {
        BookEvent::TillClosed {
            till, expected, counted, ..
        } => {
            let account = Account::parse(till).unwrap_or_else(|| Account::Till(recorded.agency.clone()));
            let lines = vec![
                (Account::Treasury, vnd(*counted)),
                (Account::Difference, vnd(*expected) - vnd(*counted)),
                (account, -vnd(*expected)),
            ];
            (Some(PaymentMethod::Cash), till, -vnd(*counted), lines)
        }
        BookEvent::Settled {
            method,
            amount,
            cost,
            reference,
        } => {
            let lines = vec![
                (Account::Treasury, vnd(*amount)),
                (Account::Cost, vnd(*cost)),
                (Account::Held(*method), -(vnd(*amount) + vnd(*cost))),
            ];
            (Some(*method), reference, -vnd(*amount), lines)
        }
        BookEvent::UnknownCame {
            method,
            amount,
            reference,
            ..
        } => {
            let lines = vec![(Account::Held(*method), vnd(*amount)), (Account::Unknown, -vnd(*amount))];
            (Some(*method), reference, vnd(*amount), lines)
        }
        BookEvent::UnknownCleared {
            method,
            amount,
            reference,
            ..
        } => {
            let lines = vec![(Account::Unknown, vnd(*amount)), (Account::Held(*method), -vnd(*amount))];
            (Some(*method), reference, -vnd(*amount), lines)
        }
    };
    Entry {
        agency: recorded.agency.clone(),
        at: recorded.at,
        kind: recorded.event.kind(),
        method,
        reference: reference.clone(),
        moved,
        postings: lines
            .into_iter()
            .filter(|(_, amount)| *amount != 0)
            .map(|(account, amount)| Posting { account, amount })
            .collect(),
    }
}
