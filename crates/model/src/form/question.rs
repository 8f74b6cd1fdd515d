//! Questions before the form: who cannot use the service is told so before she fills in anything, and what to do instead.

use super::Form;
use crate::id::ProcedureCode;
use crate::procedure::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question before the form: yes or no, or answers that lead on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Name, where an answer of another question leads here: lower case, digits and dashes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The question.
    pub ask: Text,
    /// What to do instead when the answer is no; for a question without answers of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Text>,
    /// The service to use instead when the answer is no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<ProcedureCode>,
    /// The answers; none for yes or no.
    #[serde(default, rename = "answer", skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<QuestionAnswer>,
}

/// One answer of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnswer {
    /// What is shown.
    pub label: Text,
    /// Why the service is not for who answers so, and what to do instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refuse: Option<Text>,
    /// The service to use instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<ProcedureCode>,
    /// The question that follows; the next one in the file where none is named, and `form` for the form at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Where the answers lead that were given so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eligibility<'a> {
    /// To this question.
    Ask(&'a Question),
    /// To the form: she may use the service.
    Form,
    /// To a no, with what to do instead and perhaps another service.
    Refused(&'a Text, Option<&'a ProcedureCode>),
}

/// The name that leads from a question to the form at once.
pub const TO_FORM: &str = "form";

impl Question {
    /// How many answers it has.
    #[must_use]
    pub fn count(&self) -> usize {
        if self.answers.is_empty() { 2 } else { self.answers.len() }
    }

    /// What an answer says no with; of yes and no, yes is 0 and no is 1.
    fn refusal(&self, answer: usize) -> Option<(&Text, Option<&ProcedureCode>)> {
        match self.answers.get(answer) {
            Some(a) => a.refuse.as_ref().map(|text| (text, a.instead.as_ref())),
            None => self.otherwise.as_ref().map(|text| (text, self.instead.as_ref())),
        }
        .filter(|_| !self.answers.is_empty() || answer == 1)
    }
}

impl Form {
    /// Follows the answers given so far, each the place of an answer in its question. An answer that does not exist
    /// leads back to its question.
    #[must_use]
    pub fn eligibility(&self, given: &[usize]) -> Eligibility<'_> {
        let mut at = 0;
        for answer in given {
            let Some(question) = self.questions.get(at) else {
                return Eligibility::Form;
            };
            if *answer >= question.count() {
                return Eligibility::Ask(question);
            }
            if let Some((text, instead)) = question.refusal(*answer) {
                return Eligibility::Refused(text, instead);
            }
            at = match question.answers.get(*answer).and_then(|a| a.next.as_deref()) {
                None => at + 1,
                Some(TO_FORM) => return Eligibility::Form,
                // Only a later question is led to: the catalogue's check says so, and here it keeps the walk finite.
                Some(id) => self
                    .questions
                    .iter()
                    .skip(at + 1)
                    .position(|q| q.id == id)
                    .map_or(self.questions.len(), |ahead| at + 1 + ahead),
            };
        }
        self.questions.get(at).map_or(Eligibility::Form, Eligibility::Ask)
    }
}
