//! Asking from a plain phone: `HS CODE PIN`. The state is told only to the phone that stands in the form, or, where none
//! does, to who has the PIN; anybody else gets one and the same answer, whether the code exists or not.

use crate::dossier::{Dossier, parse_code};
use crate::id::DossierCode;
use crate::identifier::Phone;
use crate::text::fold;

/// Digits of a PIN.
pub const PIN_DIGITS: usize = 6;

/// What somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which dossier.
    pub code: DossierCode,
    /// The PIN on the slip.
    pub pin: String,
}

/// Reads an SMS: the word `HS`, the code and the PIN, with any spaces between and in them; capitals and tone marks are
/// forgiven.
#[must_use]
pub fn read_sms(text: &str) -> Option<Question> {
    let folded = fold(text);
    let rest = folded.trim().strip_prefix("hs")?;
    let compact: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    // The PIN stands at the end; with its space lost it cannot be told from the running number.
    let (_, pin) = rest.trim().rsplit_once(char::is_whitespace)?;
    if pin.len() != PIN_DIGITS || !pin.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(Question {
        code: parse_code(compact.strip_suffix(pin)?)?,
        pin: pin.to_owned(),
    })
}

/// Whether the phone that asks may hear of the dossier, the PIN being right: it is the one in the form, or the form has
/// none.
#[must_use]
pub fn may_hear(dossier: &Dossier, from: &Phone) -> bool {
    dossier.applicant.phone.is_empty() || dossier.applicant.phone == from.e164()
}
