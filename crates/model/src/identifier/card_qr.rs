//! The QR on the CCCD card, as a keyboard scanner types it: `CCCD|CMND|name|ddMMyyyy|sex|address|ddMMyyyy`.

use super::{BirthDate, PersonId, Sex};
use crate::text::{clean_name, fold};

/// What the card says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardQr {
    /// Identity number.
    pub person_id: PersonId,
    /// The old nine-digit number; empty where there is none.
    pub old_id: String,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub birth_date: BirthDate,
    /// Sex.
    pub sex: Option<Sex>,
    /// Address on one line.
    pub address: String,
    /// Date of issue.
    pub issued: Option<BirthDate>,
}

/// Reads the card's QR; none when it is something else. Tone marks that a scanner broke are left as they came.
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
    Some(CardQr {
        person_id: PersonId::parse(id).ok().filter(|p| matches!(p, PersonId::Cccd(_)))?,
        old_id: PersonId::parse(old).map(|p| p.as_str().to_owned()).unwrap_or_default(),
        name: clean_name(name).ok()?,
        birth_date: compact(born)?,
        sex: match fold(sex).as_str() {
            "nam" => Some(Sex::Male),
            "nu" => Some(Sex::Female),
            _ => None,
        },
        address: crate::text::clean_text(address.trim(), 300).unwrap_or_default(),
        issued: rest.first().and_then(|s| compact(s)),
    })
}
