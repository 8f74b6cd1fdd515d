//! What an officer typed, kept when it does not go through.

use motcua_model::form::Raw;
use motcua_words::Words;

/// What was typed, to be shown again.
#[derive(Default)]
pub struct Typed {
    /// A reason.
    pub reason: String,
    /// One of the frequent reasons.
    pub frequent: String,
    /// A note to a colleague.
    pub note: String,
    /// Granted or denied.
    pub outcome: String,
    /// Text of the result.
    pub text: String,
    /// How the result is given.
    pub way: String,
    /// Who took the result.
    pub taken_by: String,
    /// The colleague who is to hold it.
    pub to: String,
    /// Days of an extension.
    pub days: String,
    /// The new date of an apology.
    pub date: String,
    /// What is to be paid first.
    pub what: String,
    /// How much of it, in VND.
    pub amount: String,
    /// Number of a proof of payment.
    pub reference: String,
    /// Everything as it was posted: the fields of a step have names of their own.
    pub raw: Raw,
    /// A remark beside the dossier.
    pub remark: String,
    /// A message to the person.
    pub said: String,
    /// What lacks, with why.
    pub lacks: Vec<(String, String)>,
}

/// Name of the box for what lacks and is neither field nor paper.
pub const OTHER: &str = "khac";

impl Typed {
    /// Reads what was posted.
    pub fn read(raw: &Raw) -> Self {
        let text = |name: &str| raw.get(name).to_owned();
        let lack = |(name, values): (&String, &Vec<String>)| {
            let why = values.last()?.trim().to_owned();
            (!why.is_empty()).then_some((name.strip_prefix("thieu.")?.to_owned(), why))
        };
        Self {
            reason: text("reason"),
            frequent: text("frequent"),
            note: text("note"),
            outcome: text("outcome"),
            text: text("text"),
            way: text("way"),
            taken_by: text("taken_by"),
            to: text("to"),
            days: text("days"),
            date: text("date"),
            what: text("what"),
            amount: text("amount"),
            reference: text("reference"),
            raw: raw.clone(),
            remark: text("remark"),
            said: text("said"),
            lacks: raw.0.iter().filter_map(lack).collect(),
        }
    }

    /// The whole reason: the frequent one that was chosen, then the officer's own words.
    pub fn whole_reason(&self) -> String {
        [self.frequent.trim(), self.reason.trim()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Why this field or paper was said to lack, before.
    pub fn lack(&self, about: &str) -> &str {
        self.lacks.iter().find(|(a, _)| a == about).map_or("", |(_, why)| why)
    }

    /// Everything that was typed, for a page on which its boxes are gone: somebody was faster.
    pub fn kept(&self, w: Words) -> Vec<(&'static str, String)> {
        let lacks: Vec<&str> = self.lacks.iter().map(|(_, why)| why.as_str()).collect();
        [
            (w.desk_reason(), self.whole_reason()),
            (w.desk_note(), self.note.clone()),
            (w.desk_text(), self.text.clone()),
            (w.desk_taken_by(), self.taken_by.clone()),
            (w.desk_ask(), lacks.join("\n")),
        ]
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .collect()
    }
}
