//! Conditions: a closed set of typed comparisons, see `docs/decisions/0003-conditions.md`.

use super::Answers;
use crate::identifier::BirthDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that holds for the answers, or does not. A field without an answer satisfies no comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// The field has this answer; of several choices, one of them.
    Is {
        /// Which field.
        field: String,
        /// Which answer.
        value: String,
    },
    /// The field has one of these answers.
    In {
        /// Which field.
        field: String,
        /// Which answers.
        values: Vec<String>,
    },
    /// The field has an answer.
    Filled(String),
    /// The box is ticked.
    Ticked(String),
    /// The number is at least this.
    AtLeast {
        /// Which field.
        field: String,
        /// How much.
        value: i64,
    },
    /// The number is at most this.
    AtMost {
        /// Which field.
        field: String,
        /// How much.
        value: i64,
    },
    /// The answer of one field comes before, or is smaller than, that of another: two dates, two numbers, two amounts.
    Less {
        /// Which field.
        field: String,
        /// Than which.
        than: String,
    },
    /// All of these.
    All(Vec<Condition>),
    /// One of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, answers: &Answers) -> bool {
        match self {
            Self::Is { field, value } => answers.get(field).is_some_and(|a| has(a, value)),
            Self::In { field, values } => answers.get(field).is_some_and(|a| values.iter().any(|v| has(a, v))),
            Self::Filled(field) => answers.contains_key(field),
            Self::Ticked(field) => answers.get(field) == Some(&Value::Bool(true)),
            Self::AtLeast { field, value } => number(answers, field).is_some_and(|n| n >= *value),
            Self::AtMost { field, value } => number(answers, field).is_some_and(|n| n <= *value),
            Self::Less { field, than } => match (answers.get(field), answers.get(than)) {
                (Some(Value::String(a)), Some(Value::String(b))) => is_before(a, b),
                _ => matches!((number(answers, field), number(answers, than)), (Some(a), Some(b)) if a < b),
            },
            Self::All(all) => all.iter().all(|c| c.holds(answers)),
            Self::Any(any) => any.iter().any(|c| c.holds(answers)),
            Self::Not(not) => !not.holds(answers),
        }
    }

    /// The fields that it looks at.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::Is { field, .. }
            | Self::In { field, .. }
            | Self::Filled(field)
            | Self::Ticked(field)
            | Self::AtLeast { field, .. }
            | Self::AtMost { field, .. } => vec![field],
            Self::Less { field, than } => vec![field, than],
            Self::All(list) | Self::Any(list) => list.iter().flat_map(Self::fields).collect(),
            Self::Not(not) => not.fields(),
        }
    }
}

fn has(answer: &Value, value: &str) -> bool {
    match answer {
        Value::String(s) => s == value,
        Value::Array(list) => list.iter().any(|v| v.as_str() == Some(value)),
        Value::Number(n) => n.to_string() == value,
        _ => false,
    }
}

/// Whether one date is surely before another; where a day or month is unknown, only if no reading says otherwise.
fn is_before(a: &str, b: &str) -> bool {
    let read = |s: &str| s.parse::<BirthDate>().ok();
    match (read(a).and_then(|d| d.latest().ok()), read(b).and_then(|d| d.earliest().ok())) {
        (Some(a), Some(b)) => a < b,
        _ => false,
    }
}

fn number(answers: &Answers, field: &str) -> Option<i64> {
    answers.get(field).and_then(Value::as_i64)
}
