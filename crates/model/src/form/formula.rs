//! Calculated answers, in whole numbers.

use super::Answers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How a calculated answer is made, in whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Formula {
    /// These fields added up; one without an answer counts nothing.
    Total(Vec<String>),
    /// These fields multiplied; nothing while one has no answer.
    Product(Vec<String>),
    /// One field of every entry of a group, or row of a table, added up.
    Sum {
        /// Which group.
        group: String,
        /// Which of its fields.
        field: String,
    },
    /// How many entries a group has.
    Count(String),
    /// One field less another; nothing while one has no answer.
    Difference {
        /// From which.
        of: String,
        /// What is taken away.
        less: String,
    },
    /// One field divided by another, rounded down; nothing while one has no answer, and nothing for a zero below: a
    /// catalogue that lets it come to that is refused.
    Quotient {
        /// What is divided.
        of: String,
        /// By which.
        by: String,
    },
}

impl Formula {
    /// The value for these answers; none while there is nothing to calculate with, or beyond what a number holds.
    #[must_use]
    pub fn value(&self, answers: &Answers) -> Option<i64> {
        let number = |field: &String| answers.get(field).and_then(Value::as_i64);
        match self {
            Self::Total(fields) => {
                let mut known = fields.iter().filter_map(number).peekable();
                known.peek()?;
                known.try_fold(0i64, i64::checked_add)
            }
            Self::Product(fields) => fields.iter().try_fold(1i64, |product, f| product.checked_mul(number(f)?)),
            Self::Sum { group, field } => rows(answers.get(group)?)?
                .filter_map(|entry| entry.get(field)?.as_i64())
                .try_fold(0i64, i64::checked_add),
            Self::Count(group) => i64::try_from(rows(answers.get(group)?)?.count()).ok(),
            Self::Difference { of, less } => number(of)?.checked_sub(number(less)?),
            Self::Quotient { of, by } => number(of)?.checked_div_euclid(number(by)?),
        }
    }

    /// The fields of the form that it looks at.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::Total(fields) | Self::Product(fields) => fields.iter().map(String::as_str).collect(),
            Self::Sum { group, .. } | Self::Count(group) => vec![group],
            Self::Difference { of, less } => vec![of, less],
            Self::Quotient { of, by } => vec![of, by],
        }
    }
}

/// The entries of a group, or the rows of a table.
pub(super) fn rows(answer: &Value) -> Option<Box<dyn Iterator<Item = &Value> + '_>> {
    match answer {
        Value::Array(list) => Some(Box::new(list.iter())),
        Value::Object(map) => Some(Box::new(map.values())),
        _ => None,
    }
}
