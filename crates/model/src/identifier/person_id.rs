//! Identity numbers: CCCD (12 digits) and CMND (9 digits, valid until 31/12/2024).
//!
//! A CCCD has no check digit; its first digits say where, in which century, as what sex and in which year somebody was
//! born (Circular 59/2021/TT-BCA), and can be compared with the form.

use super::digits;

/// Sex as the number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// An identity number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonId {
    /// Twelve digits.
    Cccd(String),
    /// Nine digits.
    Cmnd(String),
}

/// Why a number cannot be an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonIdError {
    /// Something else than digits.
    #[error("an identity number has digits only")]
    NotDigits,
    /// Neither 12 nor 9 digits.
    #[error("an identity number has 12 digits (CCCD) or 9 (CMND), not {0}")]
    Length(usize),
    /// The first three digits name no province or country.
    #[error("the first three digits name no place of birth")]
    Place,
    /// The year in the number is not the year of birth.
    #[error("the number says born in {0}")]
    BirthYear(i16),
    /// The sex in the number is not the one given.
    #[error("the number says another sex")]
    Sex,
}

impl PersonId {
    /// Reads a number as typed; spaces, dots and dashes are forgiven.
    ///
    /// # Errors
    /// [`PersonIdError`] with what would be right.
    pub fn parse(typed: &str) -> Result<Self, PersonIdError> {
        let digits = digits(typed).ok_or(PersonIdError::NotDigits)?;
        match digits.len() {
            12 => {
                // 001–096 are provinces, 100 and up countries.
                let place: u16 = digits[..3].parse().map_err(|_| PersonIdError::NotDigits)?;
                if place == 0 || (97..100).contains(&place) {
                    Err(PersonIdError::Place)
                } else {
                    Ok(Self::Cccd(digits))
                }
            }
            9 => Ok(Self::Cmnd(digits)),
            n => Err(PersonIdError::Length(n)),
        }
    }

    /// The number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Cccd(n) | Self::Cmnd(n) => n,
        }
    }

    /// Year of birth, as a CCCD says it.
    #[must_use]
    pub fn birth_year(&self) -> Option<i16> {
        let Self::Cccd(n) = self else { return None };
        let century = i16::from(n.as_bytes()[3] - b'0') / 2;
        Some(1900 + century * 100 + n[4..6].parse::<i16>().ok()?)
    }

    /// Sex, as a CCCD says it.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        let Self::Cccd(n) = self else { return None };
        Some(if (n.as_bytes()[3] - b'0').is_multiple_of(2) {
            Sex::Male
        } else {
            Sex::Female
        })
    }

    /// Checks the number against what the form says.
    ///
    /// # Errors
    /// [`PersonIdError::BirthYear`] or [`PersonIdError::Sex`].
    pub fn agrees_with(&self, birth_year: Option<i16>, sex: Option<Sex>) -> Result<(), PersonIdError> {
        if let (Some(said), Some(given)) = (self.birth_year(), birth_year)
            && said != given
        {
            return Err(PersonIdError::BirthYear(said));
        }
        match (self.sex(), sex) {
            (Some(said), Some(given)) if said != given => Err(PersonIdError::Sex),
            _ => Ok(()),
        }
    }

    /// The number with all but its last four digits hidden.
    #[must_use]
    pub fn masked(&self) -> String {
        let n = self.as_str();
        format!("{}{}", "•".repeat(n.len() - 4), &n[n.len() - 4..])
    }
}
