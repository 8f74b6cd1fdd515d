//! Numbers that events carry: drawn inside the transaction that writes them.

use super::event::Event;
use crate::id::AgencyCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Number of a paper that an agency issues, without gaps per agency, year and kind of paper. Drawn when the event is
/// written, see [`Event::series`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperNumber {
    /// Which agency's numbers.
    pub agency: AgencyCode,
    /// The number; zero until it is drawn.
    pub number: u64,
}

impl PaperNumber {
    /// The next number of an agency.
    #[must_use]
    pub fn next(agency: &AgencyCode) -> Option<Self> {
        Some(Self {
            agency: agency.clone(),
            number: 0,
        })
    }
}

/// A run of numbers given out inside the transaction that uses them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Series(pub String);

impl Event {
    /// The series that this event takes its number from, if it carries one: the dossier's code per agency and day
    /// (Circular 01/2018), the receipt and each kind of numbered paper per agency and year.
    #[must_use]
    pub fn series(&self, at: Timestamp) -> Option<Series> {
        match self {
            Self::Submitted { agency, .. } => Some(super::code::code_series(agency, at)),
            Self::PaymentReceived { agency, .. } => Some(Series(format!("receipt/{agency}/{}", crate::clock::local(at).year()))),
            _ => {
                let (symbol, PaperNumber { agency, .. }) = self.paper_number()?;
                Some(Series(format!("{symbol}/{agency}/{}", crate::clock::local(at).year())))
            }
        }
    }

    /// The number of the paper that this event issues, with the paper's symbol (first letters of its name).
    #[must_use]
    pub fn paper_number(&self) -> Option<(&'static str, &PaperNumber)> {
        match self {
            Self::Accepted { number, .. } => Some(("TNHS", number.as_ref()?)),
            Self::SupplementRequested { number, .. } => Some(("HDHS", number.as_ref()?)),
            Self::Refused { number, .. } => Some(("TCHS", number.as_ref()?)),
            Self::Apologised { number, .. } => Some(("XLHL", number.as_ref()?)),
            _ => None,
        }
    }

    /// Writes the number that the store drew from [`Event::series`] into the event.
    pub fn set_number(&mut self, at: Timestamp, number: u64) {
        match self {
            Self::Accepted { number: Some(n), .. }
            | Self::SupplementRequested { number: Some(n), .. }
            | Self::Refused { number: Some(n), .. }
            | Self::Apologised { number: Some(n), .. } => n.number = number,
            Self::Submitted { code, agency, .. } => *code = super::code::format_code(agency, at, number),
            Self::PaymentReceived { payment, agency } => {
                payment.receipt = format!("BL-{agency}-{}-{number:06}", crate::clock::local(at).year());
            }
            _ => {}
        }
    }
}
