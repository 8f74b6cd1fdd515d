//! What is wrong with an answer, and what would be right. The words for a person are in `motcua-words`.

use crate::identifier::{DateError, PersonIdError, PhoneError, TaxCodeError};
use crate::procedure::Text;
use crate::text::NameError;
use jiff::civil::Date;

/// Something wrong at a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Dotted name of the input: `noi_cu_tru.commune`, `nguoi.0.ho_ten`.
    pub field: String,
    /// What.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An answer is needed.
    Required,
    /// A paper is needed.
    PaperRequired,
    /// Longer than allowed.
    TooLong {
        /// Most characters.
        max: usize,
    },
    /// Not a whole number.
    NotANumber,
    /// Outside the limits.
    OutOfRange {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// Not a date.
    Date(DateError),
    /// The month and the year are needed, the year alone does not do.
    MonthMissing,
    /// Must not be after today.
    InFuture,
    /// Must not be before today.
    InPast,
    /// Not one of the choices.
    NotAChoice,
    /// No such commune in this district.
    NoSuchCommune,
    /// A place that was there once and is not any more.
    PlaceGone {
        /// What it was called.
        name: Text,
        /// Its last day.
        until: Date,
        /// What it is called now; several where it was split.
        now: Vec<Text>,
    },
    /// Not a name.
    Name(NameError),
    /// Not an identity number, or not this person's.
    PersonId(PersonIdError),
    /// Not a tax code.
    TaxCode(TaxCodeError),
    /// Not a phone number.
    Phone(PhoneError),
    /// Not a mail address.
    Email,
    /// Fewer entries than needed.
    TooFew {
        /// Fewest.
        min: usize,
    },
    /// More entries than allowed.
    TooMany {
        /// Most.
        max: usize,
    },
    /// A text that shows nothing but marks.
    Unreadable,
    /// Not the number of the identity card that was shown at the post office.
    NotTheCard,
    /// Does not go together with another answer; the form says why.
    Refused(Text),
}
