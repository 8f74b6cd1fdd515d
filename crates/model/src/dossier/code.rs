//! The code of a dossier: `000.MM.DD.H55-YYMMDD-NNNN` (Circular 01/2018/TT-VPCP; H55 is Thái Nguyên).

use super::number::Series;
use crate::clock::local;
use crate::id::{AgencyCode, DossierCode};
use jiff::Timestamp;

/// The province's mark in every code.
const PROVINCE: &str = "H55";

/// The series of running numbers: one per agency and day of filing.
#[must_use]
pub fn code_series(agency: &AgencyCode, at: Timestamp) -> Series {
    Series(format!("code/{agency}/{}", local(at).date().strftime("%y%m%d")))
}

/// What stands before the running number in the codes of an agency's day: a code of that day is greater, and smaller than
/// the same of the next day.
#[must_use]
pub fn day_of_codes(agency: &AgencyCode, day: jiff::civil::Date) -> String {
    format!("000.{agency}.{PROVINCE}-{}", day.strftime("%y%m%d"))
}

/// The code for a running number: at least four digits, more when a day has more.
#[must_use]
pub fn format_code(agency: &AgencyCode, at: Timestamp, number: u64) -> DossierCode {
    DossierCode(format!(
        "000.{agency}.{PROVINCE}-{}-{number:04}",
        local(at).date().strftime("%y%m%d")
    ))
}

/// The agency that a code was given by: the one that settled the dossier when it was filed.
#[must_use]
pub fn agency_of_code(code: &DossierCode) -> Option<AgencyCode> {
    let (head, _) = code.0.strip_prefix("000.")?.split_once(".H55-")?;
    Some(AgencyCode(head.to_owned()))
}

/// Reads a code as people type it: spaces, lower case and a missing leading `000.` are forgiven.
#[must_use]
pub fn parse_code(typed: &str) -> Option<DossierCode> {
    let mut code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(40)
        .collect::<String>()
        .to_ascii_uppercase();
    if !code.starts_with("000.") {
        code.insert_str(0, "000.");
    }
    let (head, rest) = code[4..].split_once(".H55-")?;
    let (date, number) = rest.split_once('-')?;
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let agency_ok = head.split('.').count() == 2 && head.split('.').all(|p| p.len() == 2 && digits(p));
    (agency_ok && date.len() == 6 && digits(date) && number.len() >= 4 && digits(number)).then_some(DossierCode(code))
}
