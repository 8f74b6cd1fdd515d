//! The letter of the province to the head of an agency about a target.

use crate::paper::Head;
use serde::Serialize;

/// The letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// On top.
    pub head: Head,
    /// To whom.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// Number of the decision.
    pub decision: String,
    /// The months that count.
    pub period: String,
    /// What is asked, in words.
    pub asked: String,
    /// What was reached, with numerator and denominator.
    pub reached: String,
    /// How the agency stands, in words.
    pub standing: String,
    /// By when an answer is due.
    pub answer_by: String,
    /// Whether the agency has answered.
    pub answered: bool,
    /// Services to move first.
    pub rows: Vec<LetterRow>,
    /// Where the directive stands.
    pub check_url: String,
}

/// A service that is offered online and used by nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetterRow {
    /// Its name.
    pub service: String,
    /// How many came to the counter.
    pub counter: String,
}
