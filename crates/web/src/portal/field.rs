//! One field of a form as the page shows it: what to draw, what was typed, what is wrong.

use crate::view;
use askama::Template;
use motcua_model::form::{Answers, Field, FieldKind, Problem, Registers};
use motcua_words::{Lang, Words};
use serde_json::Value;
use std::collections::BTreeMap;

/// A control.
pub struct Control {
    /// Name of the input.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// How to answer; empty where there is none.
    pub hint: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// What stands there.
    pub value: String,
    /// What is wrong; empty when nothing is.
    pub problem: String,
    /// What to draw.
    pub shape: Shape,
    /// What the browser may fill in.
    pub autocomplete: &'static str,
}

#[derive(Template)]
#[template(path = "control.html")]
struct ControlView<'a> {
    c: &'a Control,
    w: Words,
}

impl Control {
    /// The control as HTML; escaped by its template.
    pub fn html(&self, w: &Words) -> String {
        ControlView { c: self, w: *w }.render().unwrap_or_default()
    }
}

/// One choice: value, label, and whether it is chosen.
pub type Choice = (String, String, bool);

/// What to draw.
pub enum Shape {
    /// One line; with the keyboard that fits.
    Line(&'static str),
    /// Worked out by the form; nothing to type.
    Shown(String),
    /// Several lines.
    Area,
    /// Radio buttons: value, label, chosen.
    Radios(Vec<Choice>),
    /// Boxes: value, label, chosen.
    Boxes(Vec<Choice>),
    /// A list: groups of value, label, chosen.
    List(Vec<(String, Vec<Choice>)>),
    /// One box to tick.
    Tick(bool),
    /// Controls that belong together.
    Several(Vec<Control>),
    /// Entries of a group: each some controls.
    Entries(Vec<Vec<Control>>),
}

/// What a form page knows while it is drawn.
pub struct Drawing<'a> {
    /// Language.
    pub w: Words,
    /// Right answers.
    pub answers: &'a Answers,
    /// What was typed and is not right.
    pub typed: &'a BTreeMap<String, String>,
    /// What is wrong.
    pub problems: &'a [Problem],
    /// Lists.
    pub registers: &'a Registers,
    /// One more entry in this group.
    pub more: Option<&'a str>,
}

impl Drawing<'_> {
    /// The control of a field.
    pub fn control(&self, field: &Field) -> Control {
        self.draw(
            field,
            field.id.clone(),
            self.answers.get(&field.id),
            field.is_required(self.answers),
        )
    }

    fn problem(&self, name: &str) -> String {
        self.problems
            .iter()
            .find(|p| p.field == name)
            .map(|p| view::problem(self.w, p))
            .unwrap_or_default()
    }

    fn value(&self, name: &str, answer: Option<&Value>) -> String {
        match (self.typed.get(name), answer) {
            (Some(typed), _) => typed.clone(),
            (None, Some(Value::String(s))) => s.strip_prefix("+84").map_or_else(|| s.clone(), |rest| format!("0{rest}")),
            (None, Some(Value::Number(n))) => n.to_string(),
            _ => String::new(),
        }
    }

    fn part(&self, name: &str, part: &str, answer: Option<&Value>, label: &str, shape: Shape) -> Control {
        let name = format!("{name}.{part}");
        Control {
            value: self.value(&name, answer.and_then(|a| a.get(part))),
            problem: self.problem(&name),
            name,
            label: label.to_owned(),
            hint: String::new(),
            required: true,
            shape,
            autocomplete: "off",
        }
    }

    fn draw(&self, field: &Field, name: String, answer: Option<&Value>, required: bool) -> Control {
        let lang = self.w.0;
        let value = self.value(&name, answer);
        let chosen = |v: &str| match (self.typed.get(&name), answer) {
            (Some(typed), _) => typed.lines().any(|t| t == v),
            (None, Some(Value::Array(list))) => list.iter().any(|a| a.as_str() == Some(v)),
            (None, Some(Value::String(s))) => s == v,
            _ => false,
        };
        let options = |list: &[motcua_model::form::Choice]| -> Vec<Choice> {
            list.iter()
                .map(|o| (o.value.clone(), o.label.get(lang).to_owned(), chosen(&o.value)))
                .collect()
        };
        let shape = match &field.kind {
            FieldKind::Calculated { .. } => Shape::Shown(motcua_model::form::shown(field, answer, self.registers, lang)),
            FieldKind::LongText { .. } => Shape::Area,
            FieldKind::Number { .. } | FieldKind::Money { .. } | FieldKind::PersonId | FieldKind::TaxCode => {
                Shape::Line("numeric")
            }
            FieldKind::Phone => Shape::Line("tel"),
            FieldKind::Email => Shape::Line("email"),
            FieldKind::Text { .. } | FieldKind::PersonName | FieldKind::Date { .. } => Shape::Line("text"),
            FieldKind::Choice { options: list } => Shape::Radios(options(list)),
            FieldKind::Choices { options: list } => Shape::Boxes(options(list)),
            FieldKind::Register { name } => Shape::List(vec![(
                String::new(),
                self.registers
                    .list(name)
                    .iter()
                    .map(|e| (e.code.clone(), e.name.get(lang).to_owned(), chosen(&e.code)))
                    .collect(),
            )]),
            FieldKind::Checkbox => Shape::Tick(answer == Some(&Value::Bool(true))),
            FieldKind::Address => Shape::Several(self.address(&name, answer)),
            FieldKind::Plot => Shape::Several(vec![
                self.part(&name, "sheet", answer, self.w.form_plot_sheet(), Shape::Line("numeric")),
                self.part(&name, "number", answer, self.w.form_plot_number(), Shape::Line("numeric")),
                self.part(&name, "area", answer, self.w.form_plot_area(), Shape::Line("numeric")),
            ]),
            FieldKind::Group { fields, min, max } => {
                let known = answer.and_then(Value::as_array).map_or(0, Vec::len);
                let typed = self.typed.keys().filter_map(|k| {
                    k.strip_prefix(&name)?
                        .strip_prefix('.')?
                        .split('.')
                        .next()?
                        .parse::<usize>()
                        .ok()
                });
                let count = typed.max().map_or(0, |n| n + 1).max(known).max(*min).max(1) + usize::from(self.more == Some(&name));
                let entry = |i: usize| {
                    let entry = answer.and_then(|a| a.get(i));
                    let inner = |f: &Field| {
                        self.draw(
                            f,
                            format!("{name}.{i}.{}", f.id),
                            entry.and_then(|e| e.get(&f.id)),
                            f.required,
                        )
                    };
                    fields.iter().map(inner).collect()
                };
                Shape::Entries((0..count.min(*max)).map(entry).collect())
            }
        };
        let example = field.example.as_ref().map(|e| self.w.form_example(e));
        let hint = [field.hint.as_ref().map(|h| h.get(lang).to_owned()), example];
        Control {
            label: field.label.get(lang).to_owned(),
            hint: hint.into_iter().flatten().collect::<Vec<_>>().join(" "),
            required: required || matches!(&field.kind, FieldKind::Group { min, .. } if *min > 0),
            value,
            problem: self.problem(&name),
            shape,
            autocomplete: match field.prefill {
                Some(motcua_model::form::Prefill::Name) => "name",
                Some(motcua_model::form::Prefill::Phone) => "tel",
                Some(motcua_model::form::Prefill::Email) => "email",
                Some(motcua_model::form::Prefill::BirthDate) => "bday",
                _ => "off",
            },
            name,
        }
    }

    /// A commune chosen from one list grouped by district: one choice instead of two, and it works without scripts.
    fn address(&self, name: &str, answer: Option<&Value>) -> Vec<Control> {
        let chosen = self.value(&format!("{name}.commune"), answer.and_then(|a| a.get("commune")));
        let groups = self
            .registers
            .list("districts")
            .iter()
            .map(|d| {
                let of = self
                    .registers
                    .list("communes")
                    .iter()
                    .filter(|c| c.parent.as_deref() == Some(&d.code));
                let communes = of
                    .map(|c| (c.code.clone(), c.name.get(Lang::Vi).to_owned(), c.code == chosen))
                    .collect();
                (d.name.get(Lang::Vi).to_owned(), communes)
            })
            .collect();
        vec![
            self.part(name, "commune", answer, self.w.form_commune(), Shape::List(groups)),
            self.part(name, "street", answer, self.w.form_street(), Shape::Line("text")),
        ]
    }
}
