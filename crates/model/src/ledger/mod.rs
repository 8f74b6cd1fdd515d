//! Double entry: what each event means in money. Pure, so that the whole ledger can be counted again from the journal.
//!
//! An entry has lines whose amounts add up to zero; a positive amount is a debit. There is no other way to post: the
//! store calls [`post`] on every event it writes, and [`post_book`] on what happened to money of no dossier.
//! To add an account: a variant of [`Account`] with its name; to add a rule: an arm in `post.rs`.

mod account;
mod book;
mod post;
mod statement;

pub use account::Account;
pub use book::{BookEvent, BookLine, BookRecorded, post_book};
pub use post::post;
pub use statement::{Layout, LineProblem, Problem, StatementLine, read_statement};

use crate::dossier::PaymentMethod;
use crate::id::AgencyCode;
use jiff::Timestamp;

/// The province's own book: money that is no agency's yet.
pub const PROVINCE: &str = "H55";

/// An amount at an account: VND, positive for a debit, negative for a credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Where.
    pub account: Account,
    /// VND.
    pub amount: i64,
}

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The agency whose book it is in.
    pub agency: AgencyCode,
    /// When.
    pub at: Timestamp,
    /// What happened: the event's kind.
    pub kind: &'static str,
    /// How the money moved; none where none did (what became due).
    pub method: Option<PaymentMethod>,
    /// Number at the gateway or the bank, or of the receipt; empty where no money moved.
    pub reference: String,
    /// VND that moved: positive in, negative out.
    pub moved: i64,
    /// The lines; their sum is zero.
    pub postings: Vec<Posting>,
}

impl Entry {
    /// Whether debits and credits are equal.
    #[must_use]
    pub fn balanced(&self) -> bool {
        self.postings.iter().map(|p| i128::from(p.amount)).sum::<i128>() == 0
    }

    /// The lines as one text: `due +15000;income:charge: -15000`.
    #[must_use]
    pub fn lines(&self) -> String {
        let lines: Vec<_> = self
            .postings
            .iter()
            .map(|p| format!("{} {:+}", p.account, p.amount))
            .collect();
        lines.join(";")
    }
}

/// VND as an amount of the ledger. No amount of money comes near the limit.
pub(crate) fn vnd(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
