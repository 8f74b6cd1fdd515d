//! A condition as rows of a form: field, comparison, value; all of them or one of them. What is deeper stays TOML.

use motcua_model::form::Condition;
use toml_edit::{Array, InlineTable, Item, Value};

/// Comparisons as a form offers them.
pub const OPERATORS: &[&str] = &[
    "is",
    "is_not",
    "in",
    "filled",
    "not_filled",
    "ticked",
    "not_ticked",
    "at_least",
    "at_most",
    "less",
];

/// One comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Which field.
    pub field: String,
    /// One of [`OPERATORS`].
    pub operator: String,
    /// With what; several values separated by commas.
    pub value: String,
}

/// Reads a condition as rows; whether one of them is enough. None where it is deeper than rows.
#[must_use]
pub fn rows(item: &Item) -> Option<(Vec<Row>, bool)> {
    #[derive(serde::Deserialize)]
    struct Holder {
        when: Condition,
    }
    let value = item.clone().into_value().ok()?;
    let text = format!("when = {}", value.to_string().trim());
    match toml::from_str::<Holder>(&text).ok()?.when {
        Condition::All(list) if list.len() > 1 => Some((list.iter().map(row).collect::<Option<_>>()?, false)),
        Condition::Any(list) if list.len() > 1 => Some((list.iter().map(row).collect::<Option<_>>()?, true)),
        one => Some((vec![row(&one)?], false)),
    }
}

fn row(condition: &Condition) -> Option<Row> {
    let of = |field: &str, operator: &str, value: String| {
        Some(Row {
            field: field.to_owned(),
            operator: operator.to_owned(),
            value,
        })
    };
    match condition {
        Condition::Is { field, value } => of(field, "is", value.clone()),
        Condition::In { field, values } if values.iter().all(|v| !v.contains(',')) => of(field, "in", values.join(", ")),
        Condition::Filled(field) => of(field, "filled", String::new()),
        Condition::Ticked(field) => of(field, "ticked", String::new()),
        Condition::AtLeast { field, value } => of(field, "at_least", value.to_string()),
        Condition::AtMost { field, value } => of(field, "at_most", value.to_string()),
        Condition::Less { field, than } => of(field, "less", than.clone()),
        Condition::Not(not) => match row(not)? {
            Row { field, operator, value } if matches!(operator.as_str(), "is" | "filled" | "ticked") => {
                let negated = if operator == "is" {
                    "is_not".to_owned()
                } else {
                    format!("not_{operator}")
                };
                of(&field, &negated, value)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Writes rows as a condition; none where no row names a field.
#[must_use]
pub fn value(rows: &[Row], any: bool) -> Option<Value> {
    let mut list: Vec<Value> = rows.iter().filter(|r| !r.field.trim().is_empty()).map(write).collect();
    match list.len() {
        0 => None,
        1 => list.pop(),
        _ => Some(table([(if any { "any" } else { "all" }, Array::from_iter(list).into())])),
    }
}

fn table<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    InlineTable::from_iter(pairs).into()
}

fn write(row: &Row) -> Value {
    let (field, typed) = (row.field.trim(), row.value.trim());
    // What is no number stays as it was typed: the check names it.
    let number = || typed.parse::<i64>().map_or_else(|_| Value::from(typed), Value::from);
    let compared = |name: &str, key: &str, value: Value| table([(name, table([("field", field.into()), (key, value)]))]);
    match row.operator.as_str() {
        "is_not" => table([("not", compared("is", "value", typed.into()))]),
        "in" => {
            let values = typed.split(',').map(str::trim).filter(|v| !v.is_empty());
            compared("in", "values", Array::from_iter(values).into())
        }
        name @ ("filled" | "ticked") => table([(name, field.into())]),
        "not_filled" => table([("not", table([("filled", field.into())]))]),
        "not_ticked" => table([("not", table([("ticked", field.into())]))]),
        name @ ("at_least" | "at_most") => compared(name, "value", number()),
        "less" => compared("less", "than", typed.into()),
        _ => compared("is", "value", typed.into()),
    }
}
