//! From answers to text: for the review page, the desk and the printed form.

use super::Answers;
use super::{Field, FieldKind, Form, Registers};
use crate::identifier::Phone;
use crate::procedure::Lang;
use serde_json::Value;

/// A step as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Name of the step.
    pub step: String,
    /// Heading.
    pub title: String,
    /// Label and answer.
    pub rows: Vec<Row>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Name of the field.
    pub field: String,
    /// What was asked.
    pub label: String,
    /// What was answered; empty where an optional field has no answer.
    pub value: String,
}

impl Form {
    /// The answers in words, step by step, as far as they are shown.
    #[must_use]
    pub fn display(&self, answers: &Answers, registers: &Registers, lang: Lang) -> Vec<Section> {
        self.visible_steps(answers)
            .map(|step| Section {
                step: step.id.clone(),
                title: step.title.get(lang).to_owned(),
                rows: step
                    .visible_fields(answers)
                    .map(|f| Row {
                        field: f.id.clone(),
                        label: f.label.get(lang).to_owned(),
                        value: shown(f, answers.get(&f.id), registers, lang),
                    })
                    .collect(),
            })
            .collect()
    }
}

/// One answer in words; empty while there is none.
#[must_use]
pub fn shown(field: &Field, value: Option<&Value>, registers: &Registers, lang: Lang) -> String {
    value.map(|v| text(field, v, registers, lang)).unwrap_or_default()
}

fn text(field: &Field, value: &Value, registers: &Registers, lang: Lang) -> String {
    match (&field.kind, value) {
        (FieldKind::Choice { options } | FieldKind::Choices { options }, _) => {
            let one = |v: &str| {
                options
                    .iter()
                    .find(|o| o.value == v)
                    .map_or(v, |o| o.label.get(lang))
                    .to_owned()
            };
            match value {
                Value::Array(list) => list.iter().filter_map(Value::as_str).map(one).collect::<Vec<_>>().join("; "),
                _ => one(value.as_str().unwrap_or("")),
            }
        }
        (FieldKind::Register { name }, Value::String(code)) => registers
            .known(name, code)
            .map_or(code.as_str(), |e| e.name.get(lang))
            .to_owned(),
        (FieldKind::Address, _) => address(value, registers),
        (FieldKind::Plot, Value::Object(plot)) => {
            let part = |p: &str| plot.get(p).map(ToString::to_string).unwrap_or_default();
            match lang {
                Lang::Vi => format!(
                    "tờ bản đồ số {}, thửa đất số {}, {} m²",
                    part("sheet"),
                    part("number"),
                    part("area").replace('.', ",")
                ),
                Lang::En => format!("map sheet {}, plot {}, {} m²", part("sheet"), part("number"), part("area")),
            }
        }
        (FieldKind::Company, Value::Object(company)) => {
            let part = |p: &str| company.get(p).and_then(Value::as_str).unwrap_or("");
            let code = match lang {
                Lang::Vi => "mã số thuế",
                Lang::En => "tax code",
            };
            format!("{}, {code} {}, {}", part("name"), part("tax_code"), part("address"))
        }
        (FieldKind::Group { fields, .. }, Value::Array(entries)) => {
            let entry = |entry| line(fields, entry, registers, lang);
            entries.iter().map(entry).collect::<Vec<_>>().join("\n")
        }
        (FieldKind::Table { rows, columns }, Value::Object(table)) => {
            let filled = rows.iter().filter_map(|row| Some((row, table.get(&row.id)?)));
            filled
                .map(|(row, entry)| format!("{} ({})", row.label.get(lang), line(columns, entry, registers, lang)))
                .collect::<Vec<_>>()
                .join("\n")
        }
        (FieldKind::Money { .. } | FieldKind::Calculated { money: true, .. }, Value::Number(n)) => match lang {
            Lang::Vi => format!("{} đồng", thousands(n.as_i64().unwrap_or(0))),
            Lang::En => format!("{} VND", thousands(n.as_i64().unwrap_or(0))),
        },
        (FieldKind::Number { .. } | FieldKind::Calculated { .. }, Value::Number(n)) => n.to_string(),
        (FieldKind::Phone, Value::String(s)) => Phone::parse(s).map_or_else(|_| s.clone(), |p| p.national()),
        (FieldKind::Checkbox, Value::Bool(ticked)) => match (ticked, lang) {
            (true, Lang::Vi) => "Có".to_owned(),
            (true, Lang::En) => "Yes".to_owned(),
            (false, Lang::Vi) => "Không".to_owned(),
            (false, Lang::En) => "No".to_owned(),
        },
        (_, Value::String(s)) => s.clone(),
        (_, other) => other.to_string(),
    }
}

/// One entry of a group or row of a table on one line.
fn line(fields: &[Field], entry: &Value, registers: &Registers, lang: Lang) -> String {
    let shown = fields.iter().filter_map(|f| Some((f, entry.get(&f.id)?)));
    shown
        .map(|(f, v)| format!("{}: {}", f.label.get(lang), text(f, v, registers, lang)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// `1234567` as `1.234.567`.
fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(c);
    }
    if n < 0 { format!("-{text}") } else { text }
}

/// An address on one line.
pub(super) fn address(value: &Value, registers: &Registers) -> String {
    let part = |p: &str| value.get(p).and_then(Value::as_str).unwrap_or("");
    let name = |list: &str, code: &str| registers.known(list, code).map_or(code, |e| &e.name.vi).to_owned();
    let parts = [
        part("street").to_owned(),
        name("communes", part("commune")),
        name("districts", part("district")),
    ];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}
