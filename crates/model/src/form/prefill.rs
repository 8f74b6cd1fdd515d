//! Answers that are known already: what a person answered once is not asked from nothing again. It is shown with where
//! it is from, and read as if she had typed it.

use super::read::flatten;
use super::{Answers, Field, FieldKind, Form, Prefill, Raw, Reason, Registers};
use crate::procedure::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Where an answer is from that the person did not type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// Her account.
    Account,
    /// The identity card that she showed.
    Card,
    /// The sheet that she filled in for a life event.
    Sheet {
        /// What happens in her life.
        event: Text,
        /// When she saved it.
        on: Date,
    },
    /// An earlier dossier of hers.
    Dossier {
        /// Its code.
        code: String,
        /// When it was filed.
        on: Date,
    },
}

/// What is known of a person, by meaning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known(BTreeMap<String, (Value, Taken)>);

impl Known {
    /// Learns the answers that were given to a form, of the meanings that are wanted; what is known already stays.
    pub fn learn(&mut self, form: &Form, answers: &Answers, from: &Taken, wanted: impl Fn(&str) -> bool) {
        for field in form.fields() {
            let meaning = form.meaning(field).filter(|meaning| wanted(meaning));
            if let (Some(meaning), Some(answer)) = (meaning, answers.get(&field.id)) {
                self.add(meaning, answer.clone(), from.clone());
            }
        }
    }

    /// Learns one answer; what is known already stays.
    pub fn add(&mut self, meaning: &str, answer: Value, from: Taken) {
        self.0.entry(meaning.to_owned()).or_insert((answer, from));
    }

    /// Learns everything that is known elsewhere; what is known already stays.
    pub fn learn_all(&mut self, other: &Self) {
        for (meaning, (value, from)) in &other.0 {
            self.add(meaning, value.clone(), from.clone());
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A form filled in with what is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefilled {
    /// Answers.
    pub answers: Answers,
    /// What was right once and is asked again, as it would be typed: an address in a commune that is gone.
    pub typed: BTreeMap<String, String>,
    /// Where each is from, by field.
    pub taken: BTreeMap<String, Taken>,
}

impl Prefill {
    /// The meaning of what the account knows.
    fn meaning(self) -> &'static str {
        match self {
            Self::Name => "applicant.name",
            Self::PersonId => "applicant.person_id",
            Self::BirthDate => "applicant.birth_date",
            Self::Phone => "applicant.phone",
            Self::Email => "applicant.email",
        }
    }
}

impl Form {
    /// Every field, outside groups.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|s| &s.fields)
    }

    /// What a field is about in every form: its `meaning`, or what it names of the applicant. The place of a plot that
    /// a form takes for the applicant's address, to know the agency, is told apart by a meaning of its own.
    #[must_use]
    pub fn meaning<'a>(&'a self, field: &'a Field) -> Option<&'a str> {
        let a = &self.applicant;
        let own = [
            (&a.name, "applicant.name"),
            (&a.person_id, "applicant.person_id"),
            (&a.birth_date, "applicant.birth_date"),
            (&a.phone, "applicant.phone"),
            (&a.email, "applicant.email"),
            (&a.address, "applicant.address"),
        ];
        let own = own.into_iter().find(|(id, _)| **id == field.id);
        field
            .meaning
            .as_deref()
            .or(own.map(|(_, meaning)| meaning))
            .or_else(|| field.prefill.map(Prefill::meaning))
    }

    /// Fills the form in with what is known. What does not fit this form any more is left out.
    #[must_use]
    pub fn prefilled(&self, known: &Known, registers: &Registers, today: Date) -> Prefilled {
        let mut found = Prefilled::default();
        let mut raw = Raw::default();
        for field in self.fields() {
            let calculated = matches!(field.kind, FieldKind::Calculated { .. });
            if let Some((value, from)) = self.meaning(field).filter(|_| !calculated).and_then(|m| known.0.get(m)) {
                raw.add(flatten(&field.id, value));
                found.taken.insert(field.id.clone(), from.clone());
            }
        }
        for step in &self.steps {
            let reading = self.read_step(step, &raw, &found.answers, registers, today);
            found.answers.extend(reading.answers);
            for problem in reading.problems {
                let field = problem.field.split('.').next().unwrap_or_default();
                if matches!(problem.reason, Reason::PlaceGone { .. }) {
                    found.typed.extend(raw.typed_of(field));
                }
            }
        }
        let kept = |id: &String| found.answers.contains_key(id) || found.typed.keys().any(|t| super::is_input_of(t, id));
        found.taken = found
            .taken
            .iter()
            .filter(|(id, _)| kept(id))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        found
    }
}
