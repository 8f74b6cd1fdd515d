//! Tax codes: ten digits with a check digit, thirteen for a branch, and since 1/7/2025 a person's identity number.

use super::{PersonId, digits};

/// Weights of the first nine digits.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/// A tax code as it is written: `0101234567`, `0101234567-001` or twelve digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxCode(String);

/// Why a number cannot be a tax code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeError {
    /// Something else than digits.
    #[error("a tax code has digits only")]
    NotDigits,
    /// Not 10, 12 or 13 digits.
    #[error("a tax code has 10 digits, 13 for a branch, or a person's 12, not {0}")]
    Length(usize),
    /// The tenth digit does not fit the first nine: a digit was typed wrong.
    #[error("the check digit is wrong")]
    CheckDigit,
}

impl TaxCode {
    /// Reads a code as typed; spaces, dots and dashes are forgiven.
    ///
    /// # Errors
    /// [`TaxCodeError`] with what would be right.
    pub fn parse(typed: &str) -> Result<Self, TaxCodeError> {
        let d = digits(typed).ok_or(TaxCodeError::NotDigits)?;
        match d.len() {
            10 | 13 => {
                let sum: u32 = d.bytes().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
                // A remainder of zero would ask for "10", which no code has.
                if 10 - sum % 11 != u32::from(d.as_bytes()[9] - b'0') || sum.is_multiple_of(11) {
                    return Err(TaxCodeError::CheckDigit);
                }
                Ok(Self(if d.len() == 10 {
                    d
                } else {
                    format!("{}-{}", &d[..10], &d[10..])
                }))
            }
            12 => PersonId::parse(&d).map(|_| Self(d)).map_err(|_| TaxCodeError::CheckDigit),
            n => Err(TaxCodeError::Length(n)),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
