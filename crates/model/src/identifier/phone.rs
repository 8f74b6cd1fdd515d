//! Phone numbers of Viet Nam, kept in E.164.

use super::digits;

/// A phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

/// Why a number cannot be a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Something else than digits.
    #[error("a phone number has digits only")]
    NotDigits,
    /// Too short or too long.
    #[error("a mobile number has 10 digits, a landline 10 or 11")]
    Length,
    /// No such prefix.
    #[error("a number begins with 03, 05, 07, 08, 09 or 02")]
    Prefix,
}

impl Phone {
    /// Reads a number as typed: `0912 345 678`, `+84912345678`, `84912345678`.
    ///
    /// # Errors
    /// [`PhoneError`] with what would be right.
    pub fn parse(typed: &str) -> Result<Self, PhoneError> {
        let typed = typed.trim();
        // Some write the country's number after a plus sign, some after the two zeros that are dialled abroad.
        let after_plus = typed.strip_prefix('+').or_else(|| typed.strip_prefix("00"));
        let international = after_plus.is_some();
        let d = digits(after_plus.unwrap_or(typed)).ok_or(PhoneError::NotDigits)?;
        let national = match d.strip_prefix("84") {
            Some(rest) if international || d.len() >= 11 => rest,
            _ if international => return Err(PhoneError::Prefix),
            _ => d.strip_prefix('0').ok_or(PhoneError::Prefix)?,
        };
        let national = national.strip_prefix('0').unwrap_or(national);
        let fits = match national.as_bytes().first() {
            Some(b'3' | b'5' | b'7' | b'8' | b'9') => national.len() == 9,
            Some(b'2') => matches!(national.len(), 9 | 10),
            Some(_) => return Err(PhoneError::Prefix),
            None => false,
        };
        if fits {
            Ok(Self(format!("+84{national}")))
        } else {
            Err(PhoneError::Length)
        }
    }

    /// `+84912345678`.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// As it is dialled at home: `0912345678`.
    #[must_use]
    pub fn national(&self) -> String {
        format!("0{}", &self.0[3..])
    }

    /// The last four digits: the second fact when somebody tracks a dossier.
    #[must_use]
    pub fn last4(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }
}
