//! The daily seal: one hash over the last hashes of all dossiers that changed on a day, chained to the seal before it.
//!
//! The chain of a dossier shows a line that was changed alone. Who can write to the database could compute that whole
//! chain anew; the seals show it, since one of them would not match any more, and who once wrote down or published a
//! single seal holds a proof of everything before it.
//!
//! Which lines a seal covers:
//! - Days are the province's; a line belongs to the day of its event's time. A day is sealed once it is over.
//! - Days without any line are skipped. So the seal of a day covers the lines after the end of the day sealed before it, to
//!   the end of its own.
//! - A seal is never written again. A line whose day is sealed already (of a clock that went wrong, of records taken over
//!   from elsewhere) is noted as late when it is written, and the next seal covers it.

use crate::id::DossierId;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// The hash of a seal.
pub type SealHash = [u8; 32];

/// The hash before the first seal.
pub const START: SealHash = [0; 32];

/// The last line of a dossier among those that a seal covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tip {
    /// The dossier.
    pub dossier: DossierId,
    /// The line's position in the dossier's journal.
    pub version: u64,
    /// The line's hash, which stands for all lines before it.
    pub hash: crate::journal::ChainHash,
}

/// The seal that follows `before`: its number from 1, its day, and the tips in the order of their dossiers.
#[must_use]
pub fn seal(before: &SealHash, number: u64, day: Date, tips: &[Tip]) -> SealHash {
    let mut h = Sha256::new();
    h.update(before);
    h.update(number.to_be_bytes());
    h.update(day.to_string());
    for tip in tips {
        h.update(tip.dossier.0.as_bytes());
        h.update(tip.version.to_be_bytes());
        h.update(tip.hash);
    }
    h.finalize().into()
}

/// The day, in the province, of something that happened at `at`.
#[must_use]
pub fn day_of(at: Timestamp) -> Date {
    crate::clock::local(at).date()
}

/// The first instant after a day of the province; the greatest there is for the last day of all.
#[must_use]
pub fn end_of(day: Date) -> Timestamp {
    day.tomorrow()
        .ok()
        .and_then(|next| crate::clock::TIME_ZONE.to_timestamp(next.at(0, 0, 0, 0)).ok())
        .unwrap_or(Timestamp::MAX)
}

/// The hour of an instant as the index over the journal keeps it: `2020-03-30T02`, universal time, as a line's body begins
/// with it. The province's days begin and end on a full hour of it.
#[must_use]
pub fn hour_of(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H").to_string()
}
