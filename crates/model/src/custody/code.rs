//! Codes that a scanner reads: of a bag `T2412-20-000012-7`, of a paper `G2412-20-000345-1`. The last digit is a check digit
//! (Luhn), so that a mistyped or half-read code is told from an unknown one.

use crate::id::AgencyCode;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! scanned {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The code with this running number of an agency and a year.
            #[must_use]
            pub fn new(agency: &AgencyCode, year: i16, number: u64) -> Self {
                Self(make($prefix, agency, year, number))
            }

            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

scanned!(
    /// A bag.
    BagCode,
    'T'
);
scanned!(
    /// A paper.
    PaperCode,
    'G'
);

/// Why what was scanned is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeProblem {
    /// Nothing was scanned.
    #[error("nothing was scanned")]
    Empty,
    /// A code of something else, or no code at all.
    #[error("not a code of this kind")]
    OtherKind,
    /// Misread: the check digit does not fit.
    #[error("misread")]
    CheckDigit,
}

fn make(prefix: char, agency: &AgencyCode, year: i16, number: u64) -> String {
    let place: String = agency.as_str().chars().filter(char::is_ascii_digit).collect();
    let digits = format!("{place}{:02}{number:06}", year.rem_euclid(100));
    let check = luhn(&digits);
    format!("{prefix}{place}-{:02}-{number:06}-{check}", year.rem_euclid(100))
}

/// The check digit of a row of digits.
fn luhn(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let digit = u32::from(b - b'0');
            // From the right, every second digit counts double.
            if i % 2 == 0 {
                if digit > 4 { digit * 2 - 9 } else { digit * 2 }
            } else {
                digit
            }
        })
        .sum();
    (10 - sum % 10) % 10
}

/// Reads what a scanner or a hand typed: capitals, spaces and missing dashes are forgiven.
fn read(typed: &str, prefix: char) -> Result<String, CodeProblem> {
    let text: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(41)
        .collect::<String>()
        .to_ascii_uppercase();
    if text.is_empty() {
        return Err(CodeProblem::Empty);
    }
    let digits = text.strip_prefix(prefix).ok_or(CodeProblem::OtherKind)?;
    if digits.len() < 11 || digits.len() > 25 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(CodeProblem::OtherKind);
    }
    let (body, check) = digits.split_at(digits.len() - 1);
    if luhn(body).to_string() != check {
        return Err(CodeProblem::CheckDigit);
    }
    // Agency, two digits of the year, six or more of the number: an agency has four digits.
    let (place, rest) = body.split_at(4);
    let (year, number) = rest.split_at(2);
    if number.len() < 6 {
        return Err(CodeProblem::OtherKind);
    }
    Ok(format!("{prefix}{place}-{year}-{number}-{check}"))
}

/// Reads the code of a bag.
///
/// # Errors
/// [`CodeProblem`].
pub fn read_bag(typed: &str) -> Result<BagCode, CodeProblem> {
    read(typed, 'T').map(BagCode)
}

/// Reads the code of a paper.
///
/// # Errors
/// [`CodeProblem`].
pub fn read_paper(typed: &str) -> Result<PaperCode, CodeProblem> {
    read(typed, 'G').map(PaperCode)
}
