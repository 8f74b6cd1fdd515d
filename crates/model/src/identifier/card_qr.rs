//! The QR on the CCCD card, as a keyboard scanner types it: `CCCD|CMND|name|ddMMyyyy|sex|address|ddMMyyyy`.

use super::{BirthDate, PersonId, Sex};
use crate::text::{clean_name, clean_text, fold};

/// What the card says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardQr {
    /// Identity number.
    pub person_id: PersonId,
    /// The old nine-digit number; empty where there is none.
    pub old_id: String,
    /// Full name; empty when the scanner broke its letters, so that the person types it.
    pub name: String,
    /// Date of birth.
    pub birth_date: BirthDate,
    /// Sex; from the number when the scanner broke the word.
    pub sex: Option<Sex>,
    /// Address on one line.
    pub address: String,
    /// Date of issue.
    pub issued: Option<BirthDate>,
}

/// Reads the card's QR; none when it is something else. What a scanner broke is left empty rather than guessed.
#[must_use]
pub fn parse_card_qr(scanned: &str) -> Option<CardQr> {
    let fields: Vec<&str> = scanned.trim().trim_matches('\u{feff}').split('|').collect();
    let [id, old, name, born, sex, address, rest @ ..] = &fields[..] else {
        return None;
    };
    let compact = |s: &str| -> Option<BirthDate> {
        let s = s.trim();
        (s.len() == 8 && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| format!("{}/{}/{}", &s[..2], &s[2..4], &s[4..]).parse().ok())
            .flatten()
    };
    let person_id = PersonId::parse(id).ok().filter(|p| matches!(p, PersonId::Cccd(_)))?;
    let broken = |s: &str| s.contains(['?', char::REPLACEMENT_CHARACTER]);
    Some(CardQr {
        old_id: PersonId::parse(old).map(|p| p.as_str().to_owned()).unwrap_or_default(),
        name: clean_name(name).unwrap_or_default(),
        birth_date: compact(born)?,
        sex: match fold(sex).as_str() {
            "nam" => Some(Sex::Male),
            "nu" => Some(Sex::Female),
            _ => person_id.sex(),
        },
        address: Some(address.trim())
            .filter(|a| !broken(a))
            .and_then(|a| clean_text(a, 300).ok())
            .unwrap_or_default(),
        issued: rest.first().and_then(|s| compact(s)),
        person_id,
    })
}
