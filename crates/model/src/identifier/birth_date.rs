//! Dates as typed: `30/3/2020`, and dates of birth that may lack the day or the month.

use jiff::civil::Date;
use std::fmt;

/// Why something typed is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not written like 30/3/2020.
    #[error("a date is written like 30/3/2020")]
    Format,
    /// No such day, such as 31/2.
    #[error("there is no such day")]
    NoSuchDay,
}

/// Reads `dd/MM/yyyy` (also with dashes or dots, also the browser's `yyyy-MM-dd`).
///
/// # Errors
/// [`DateError`].
pub fn parse_date(typed: &str) -> Result<Date, DateError> {
    match typed.parse() {
        Ok(BirthDate::Day(date)) => Ok(date),
        Ok(_) => Err(DateError::Format),
        Err(e) => Err(e),
    }
}

/// A date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthDate {
    /// The whole date.
    Day(Date),
    /// Month and year.
    Month(i16, i8),
    /// The year only.
    Year(i16),
}

impl BirthDate {
    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Day(d) => d.year(),
            Self::Month(y, _) | Self::Year(y) => y,
        }
    }

    /// The first day that it can mean.
    ///
    /// # Errors
    /// [`DateError::NoSuchDay`], which a value that was read never gives.
    pub fn earliest(self) -> Result<Date, DateError> {
        match self {
            Self::Day(d) => Ok(d),
            Self::Month(y, m) => Date::new(y, m, 1).map_err(|_| DateError::NoSuchDay),
            Self::Year(y) => Date::new(y, 1, 1).map_err(|_| DateError::NoSuchDay),
        }
    }

    /// The last day that it can mean.
    ///
    /// # Errors
    /// [`DateError::NoSuchDay`], which a value that was read never gives.
    pub fn latest(self) -> Result<Date, DateError> {
        match self {
            Self::Day(d) => Ok(d),
            Self::Month(..) => self.earliest().map(Date::last_of_month),
            Self::Year(_) => self.earliest().map(Date::last_of_year),
        }
    }
}

impl std::str::FromStr for BirthDate {
    type Err = DateError;

    fn from_str(typed: &str) -> Result<Self, DateError> {
        let parts: Vec<&str> = typed.trim().split(['/', '-', '.']).map(str::trim).collect();
        let number = |s: &str, longest: usize| -> Result<i16, DateError> {
            if s.is_empty() || s.len() > longest || !s.bytes().all(|b| b.is_ascii_digit()) {
                return Err(DateError::Format);
            }
            s.parse().map_err(|_| DateError::Format)
        };
        let year = |s: &str| match number(s, 4)? {
            y if s.len() == 4 && y >= 1800 => Ok(y),
            _ => Err(DateError::Format),
        };
        let small = |s: &str| number(s, 2).and_then(|n| i8::try_from(n).map_err(|_| DateError::Format));
        match parts[..] {
            [y] => Ok(Self::Year(year(y)?)),
            [m, y] => match (year(y)?, small(m)?) {
                (y, m @ 1..=12) => Ok(Self::Month(y, m)),
                _ => Err(DateError::NoSuchDay),
            },
            [y, m, d] if y.len() == 4 => date(year(y)?, small(m)?, small(d)?),
            // Old papers write what is not known as two noughts, 00/00/1950; a single one is a slip of the pen.
            ["00", "00", y] => Ok(Self::Year(year(y)?)),
            ["00", m, y] => match (year(y)?, small(m)?) {
                (y, m @ 1..=12) => Ok(Self::Month(y, m)),
                _ => Err(DateError::NoSuchDay),
            },
            [d, m, y] => date(year(y)?, small(m)?, small(d)?),
            _ => Err(DateError::Format),
        }
    }
}

fn date(y: i16, m: i8, d: i8) -> Result<BirthDate, DateError> {
    Date::new(y, m, d).map(BirthDate::Day).map_err(|_| DateError::NoSuchDay)
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(d) => write!(f, "{:02}/{:02}/{}", d.day(), d.month(), d.year()),
            Self::Month(y, m) => write!(f, "{m:02}/{y}"),
            Self::Year(y) => write!(f, "{y}"),
        }
    }
}
