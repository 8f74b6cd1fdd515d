//! What people say to an agency beside their dossiers: how they were served (phản ánh) and what should be otherwise (kiến
//! nghị), as Decree 20/2008/NĐ-CP has it. A complaint against a decision (khiếu nại) and an accusation (tố cáo) have laws of
//! their own and are not taken here (article 1 of the same decree).

use crate::clock::Term;
use crate::identifier::Phone;
use crate::short_code;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How somebody was served.
    Complaint,
    /// What should be otherwise.
    Suggestion,
}

impl Kind {
    /// The name used in storage and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Suggestion => "suggestion",
        }
    }

    /// Reads [`Kind::as_str`] back.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Complaint, Self::Suggestion].into_iter().find(|k| k.as_str() == name)
    }

    /// How long the agency has for its answer: what the province promises.
    #[must_use]
    pub fn term(self) -> Term {
        match self {
            Self::Complaint => Term::WorkingDays(5),
            Self::Suggestion => Term::WorkingDays(15),
        }
    }
}

/// The shortest text that says something, in characters.
pub const TEXT_MIN: usize = 10;
/// The longest text, in characters; the same for the answer.
pub const TEXT_MAX: usize = 4_000;
/// The longest name.
pub const NAME_MAX: usize = 120;

/// What somebody writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Which of the two; none where nothing was chosen.
    pub kind: Option<Kind>,
    /// To which agency.
    pub agency: String,
    /// About which dossier: its code as it was typed; may be empty.
    pub about: String,
    /// What.
    pub text: String,
    /// Her name; may be empty.
    pub name: String,
    /// Her phone, where she wants to be told of the answer; may be empty.
    pub phone: String,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Neither was chosen.
    Kind,
    /// No agency was chosen, or one that is not there.
    Agency,
    /// No code of a dossier.
    About,
    /// Too short to say something, or too long.
    Text,
    /// The name is too long.
    Name,
    /// No phone number.
    Phone,
    /// The person, or the agency with what came without an account, has too many that wait for an answer.
    Wait,
}

impl Wording {
    /// What is wrong with it, in the order of the form, without a look at what is there already.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.kind.is_none() {
            problems.push(Problem::Kind);
        }
        if self.agency.is_empty() {
            problems.push(Problem::Agency);
        }
        if !self.about.is_empty() && crate::dossier::parse_code(&self.about).is_none() {
            problems.push(Problem::About);
        }
        if !(TEXT_MIN..=TEXT_MAX).contains(&self.text.trim().chars().count()) {
            problems.push(Problem::Text);
        }
        if self.name.chars().count() > NAME_MAX {
            problems.push(Problem::Name);
        }
        if !self.phone.is_empty() && Phone::parse(&self.phone).is_err() {
            problems.push(Problem::Phone);
        }
        problems
    }
}

/// A code to ask for the answer with, which nobody finds by trying: `PA-7K2M-9QXW`.
#[must_use]
pub fn code(random: [u8; 8]) -> String {
    let [a, b, c, d, rest @ ..] = random;
    format!("PA-{}-{}", short_code::letters(&[a, b, c, d]), short_code::letters(&rest))
}

/// Reads a code however it was typed.
#[must_use]
pub fn parse_code(typed: &str) -> Option<String> {
    let plain: String = typed
        .to_ascii_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let letters = short_code::parse(plain.strip_prefix("PA")?, 8)?;
    let (left, right) = letters.split_at(4);
    Some(format!("PA-{left}-{right}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_is_typed() {
        let given = code([0, 31, 32, 63, 7, 8, 255, 100]);
        assert_eq!(given, "PA-2Z2Z-9AZ6");
        for typed in ["PA-2Z2Z-9AZ6", " pa 2z2z9az6 ", "Pa2z2Z.9aZ6"] {
            assert_eq!(parse_code(typed).as_ref(), Some(&given), "{typed}");
        }
        for typed in [
            "",
            "PA",
            "PA-2Z2Z-9AZ",
            "PA-2Z2Z-9AZ66",
            "PA-2Z2Z-9AO6",
            "2Z2Z-9AZ6",
            "PÁ-2Z2Z-9AZ6",
        ] {
            assert_eq!(parse_code(typed), None, "{typed}");
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        use Problem::{About, Agency, Kind as NoKind, Name, Phone, Text};
        assert_eq!(Wording::default().problems(), [NoKind, Agency, Text]);
        let wrong = Wording {
            kind: Kind::parse("suggestion"),
            agency: "24.12".into(),
            about: "hồ sơ của tôi".into(),
            text: "ấ".repeat(TEXT_MAX + 1),
            name: "ấ".repeat(NAME_MAX + 1),
            phone: "12".into(),
        };
        assert_eq!(wrong.problems(), [About, Text, Name, Phone]);
        let right = Wording {
            about: "000.24.12.H55-200330-0001".into(),
            text: "Nên có ghế ngồi chờ.".into(),
            name: "Hoa".into(),
            phone: "0912 345 678".into(),
            ..wrong
        };
        assert_eq!(right.problems(), []);
    }
}
