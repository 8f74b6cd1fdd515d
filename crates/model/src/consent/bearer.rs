//! Who stands there, as her identity card says: scanned, or typed field by field.

use crate::identifier::{BirthDate, DateError, PersonId, PersonIdError, Sex, parse_card_qr};
use crate::text::{NameError, clean_name, clean_text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest address on a card, in characters.
const ADDRESS_MAX: usize = 300;

/// The bearer of an identity card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bearer {
    /// Full name.
    pub name: String,
    /// Identity number.
    pub person_id: String,
    /// The old nine-digit number; empty where there is none.
    pub old_id: String,
    /// `dd/MM/yyyy`.
    pub birth_date: String,
    /// `male`, `female`.
    pub sex: String,
    /// Address on one line; empty where the scanner broke it.
    pub address: String,
    /// Date of issue; empty where it is not known.
    pub issued: String,
}

/// The seven fields of a card as they are typed, with what the scanner wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct CardFields {
    /// What the scanner wrote; empty when the fields are typed.
    pub card: String,
    /// Identity number.
    pub person_id: String,
    /// Old number.
    pub old_id: String,
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub birth_date: String,
    /// `male` or `female`.
    pub sex: String,
    /// Address.
    pub address: String,
    /// Date of issue.
    pub issued: String,
}

/// Why a card cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardProblem {
    /// What was scanned is no identity card.
    NotACard,
    /// The scanner broke the letters of the name: it must be typed.
    NameBroken,
    /// Not a name.
    Name(NameError),
    /// Not an identity number, or one that does not go with date of birth or sex.
    PersonId(PersonIdError),
    /// The old number has nine digits.
    OldId,
    /// Not a date.
    Date(DateError),
    /// A date that has not come.
    InFuture,
    /// The address is too long.
    Address,
}

impl CardFields {
    /// Reads the card. What was scanned is written into the fields, so that the page shows it and a broken part can be
    /// typed.
    ///
    /// # Errors
    /// What is wrong, each with the name of its field.
    pub fn read(&mut self, today: Date) -> Result<Bearer, Vec<(&'static str, CardProblem)>> {
        if !self.card.trim().is_empty() {
            self.take_scan()?;
        }
        let mut problems = Vec::new();
        let name = clean_name(&self.name).map_err(|e| problems.push(("name", CardProblem::Name(e))));
        let sex = match self.sex.as_str() {
            "male" => Some(Sex::Male),
            "female" => Some(Sex::Female),
            _ => None,
        };
        let born: Result<BirthDate, _> = self.birth_date.parse();
        let born = born.map_err(|e| problems.push(("birth_date", CardProblem::Date(e))));
        if born.is_ok_and(|b| b.earliest().is_ok_and(|first| first > today)) {
            problems.push(("birth_date", CardProblem::InFuture));
        }
        let id = PersonId::parse(&self.person_id).and_then(|id| {
            id.agrees_with(born.ok().map(BirthDate::year), sex)?;
            Ok(id)
        });
        let id = id.map_err(|e| problems.push(("person_id", CardProblem::PersonId(e))));
        let old = self.old_id.trim();
        let old = match PersonId::parse(old) {
            _ if old.is_empty() => Ok(String::new()),
            Ok(PersonId::Cmnd(number)) => Ok(number),
            _ => Err(CardProblem::OldId),
        };
        let old = old.map_err(|e| problems.push(("old_id", e)));
        let issued = self.issued.trim();
        let issued = match issued.parse::<BirthDate>() {
            _ if issued.is_empty() => Ok(String::new()),
            Ok(BirthDate::Day(day)) if day > today => Err(CardProblem::InFuture),
            Ok(day @ BirthDate::Day(_)) => Ok(day.to_string()),
            Ok(_) => Err(CardProblem::Date(DateError::Format)),
            Err(e) => Err(CardProblem::Date(e)),
        };
        let issued = issued.map_err(|e| problems.push(("issued", e)));
        let address = clean_text(&self.address, ADDRESS_MAX).map_err(|_| problems.push(("address", CardProblem::Address)));
        match (name, id, old, born, address, issued) {
            (Ok(name), Ok(id), Ok(old_id), Ok(born), Ok(address), Ok(issued)) if problems.is_empty() => Ok(Bearer {
                name,
                old_id,
                birth_date: born.to_string(),
                sex: match sex.or_else(|| id.sex()) {
                    Some(Sex::Male) => "male".to_owned(),
                    Some(Sex::Female) => "female".to_owned(),
                    None => String::new(),
                },
                person_id: id.as_str().to_owned(),
                address: address.trim().to_owned(),
                issued,
            }),
            _ => Err(problems),
        }
    }

    /// Writes what the scanner read into the fields. A name that was typed because the scanner breaks it stays.
    fn take_scan(&mut self) -> Result<(), Vec<(&'static str, CardProblem)>> {
        let card = parse_card_qr(&self.card).ok_or_else(|| vec![("card", CardProblem::NotACard)])?;
        let text = |date: Option<BirthDate>| date.map_or_else(String::new, |d| d.to_string());
        card.person_id.as_str().clone_into(&mut self.person_id);
        self.old_id = card.old_id;
        self.birth_date = card.birth_date.to_string();
        self.issued = text(card.issued);
        self.sex = match card.sex {
            Some(Sex::Male) => "male".to_owned(),
            Some(Sex::Female) => "female".to_owned(),
            None => String::new(),
        };
        if !card.address.is_empty() {
            self.address = card.address;
        }
        if !card.name.is_empty() {
            self.name = card.name;
        }
        if self.name.trim().is_empty() {
            return Err(vec![("name", CardProblem::NameBroken)]);
        }
        Ok(())
    }
}

impl Bearer {
    /// Whether an identity number is hers, the new one or the old.
    #[must_use]
    pub fn is(&self, person_id: &str) -> bool {
        person_id == self.person_id || (!self.old_id.is_empty() && person_id == self.old_id)
    }

    /// The last four digits of her number, the rest hidden.
    #[must_use]
    pub fn masked_id(&self) -> String {
        PersonId::parse(&self.person_id).map_or_else(|_| String::new(), |id| id.masked())
    }
}
