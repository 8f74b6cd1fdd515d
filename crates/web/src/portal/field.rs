//! One field of a form as the page shows it: what to draw, what was typed, what is wrong.

use crate::view;
use askama::Template;
use motcua_model::form::{Answers, Condition, Field, FieldKind, Problem, Registers, Taken};
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
    /// Where an answer is from that the person did not type; empty for her own.
    pub note: String,
    /// The condition under which it is shown, as JSON for the browser; empty where it always is.
    pub when: String,
    /// The formula of a calculated answer, as JSON for the browser; empty for others.
    pub formula: String,
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

/// One choice: value, label, whether it is chosen, and the condition under which it is offered, as JSON.
pub type Choice = (String, String, bool, String);

/// What to draw.
pub enum Shape {
    /// One line; with the keyboard that fits.
    Line(&'static str),
    /// Worked out by the form, in VND or as a number; nothing to type.
    Shown(String, bool),
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
    /// A table: heads of its columns, then its rows, each with its head; whether rows can be added.
    Table(Vec<String>, Vec<(String, Vec<Control>)>, bool),
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
    /// The fields of the page.
    pub step: &'a [Field],
    /// Answers that the person did not type.
    pub taken: &'a BTreeMap<String, Taken>,
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

    /// The control of a field without what was answered: nothing stands in it but what was typed on this page.
    pub fn blank(&self, field: &Field) -> Control {
        self.draw(field, field.id.clone(), None, field.is_required(self.answers))
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
            note: String::new(),
            when: String::new(),
            formula: String::new(),
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
                .filter(|o| o.is_offered(self.answers) || o.when.as_ref().is_some_and(|c| self.here(c)))
                .map(|o| {
                    (
                        o.value.clone(),
                        o.label.get(lang).to_owned(),
                        chosen(&o.value),
                        json(o.when.as_ref()),
                    )
                })
                .collect()
        };
        let shape = match &field.kind {
            FieldKind::Calculated { money, .. } => {
                Shape::Shown(motcua_model::form::shown(field, answer, self.registers, lang), *money)
            }
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
                    .map(|e| (e.code.clone(), e.name.get(lang).to_owned(), chosen(&e.code), String::new()))
                    .collect(),
            )]),
            FieldKind::Checkbox => Shape::Tick(answer == Some(&Value::Bool(true))),
            FieldKind::Address => Shape::Several(self.address(&name, answer)),
            FieldKind::Plot => Shape::Several(vec![
                self.part(&name, "sheet", answer, self.w.form_plot_sheet(), Shape::Line("numeric")),
                self.part(&name, "number", answer, self.w.form_plot_number(), Shape::Line("numeric")),
                self.part(&name, "area", answer, self.w.form_plot_area(), Shape::Line("numeric")),
            ]),
            FieldKind::Company => Shape::Several(vec![
                self.part(&name, "tax_code", answer, self.w.answer_tax_code(), Shape::Line("numeric")),
                self.part(&name, "name", answer, self.w.answer_company_name(), Shape::Line("text")),
                self.part(&name, "address", answer, self.w.answer_company_address(), Shape::Line("text")),
            ]),
            FieldKind::Table { rows, columns } => {
                let row = |row: &motcua_model::form::TableRow| {
                    let entry = answer.and_then(|a| a.get(&row.id));
                    let cell = |f: &Field| {
                        let name = format!("{name}.{}.{}", row.id, f.id);
                        self.draw(f, name, entry.and_then(|e| e.get(&f.id)), f.required)
                    };
                    (row.label.get(lang).to_owned(), columns.iter().map(cell).collect())
                };
                let heads = columns.iter().map(|c| c.label.get(lang).to_owned()).collect();
                Shape::Table(heads, rows.iter().map(row).collect(), false)
            }
            FieldKind::Group { fields, min, max, table } => {
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
                let entries: Vec<Vec<Control>> = (0..count.min(*max)).map(entry).collect();
                if *table {
                    let heads = fields.iter().map(|f| f.label.get(lang).to_owned()).collect();
                    let numbered = entries.into_iter().zip(1u32..).map(|(entry, n)| (n.to_string(), entry));
                    Shape::Table(heads, numbered.collect(), true)
                } else {
                    Shape::Entries(entries)
                }
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
            note: self.note(&name),
            when: json(field.when.as_ref()),
            formula: match &field.kind {
                FieldKind::Calculated { formula, .. } => serde_json::to_string(formula).unwrap_or_default(),
                _ => String::new(),
            },
            name,
        }
    }

    /// Whether a condition looks at a field that is on the page, too: without scripts nothing can show or hide it later.
    fn here(&self, condition: &Condition) -> bool {
        condition.fields().iter().any(|id| self.step.iter().any(|f| f.id == *id))
    }

    /// Where an answer is from that the person did not type.
    fn note(&self, name: &str) -> String {
        match self.taken.get(name) {
            None => String::new(),
            Some(Taken::Account) => self.w.answer_from_account().to_owned(),
            Some(Taken::Card) => self.w.assisted_from_card().to_owned(),
            Some(Taken::Sheet { event, on }) => self.w.life_from_sheet(event.get(self.w.0), on.strftime("%-d/%-m/%Y")),
            Some(Taken::Dossier { code, on }) => self.w.answer_from_dossier(code, on.strftime("%-d/%-m/%Y")),
        }
    }

    /// A commune chosen from one list grouped by district: one choice instead of two, and it works without scripts.
    fn address(&self, name: &str, answer: Option<&Value>) -> Vec<Control> {
        let mut chosen = self.value(&format!("{name}.commune"), answer.and_then(|a| a.get("commune")));
        // A commune that is gone: what it is called now is proposed, and asked again.
        if let [now, ..] = self.registers.now("communes", &chosen)[..] {
            chosen = now.code.clone();
        }
        let choice = |c: &motcua_model::form::Register| -> Choice {
            let (code, name) = (c.code.clone(), c.name.get(Lang::Vi).to_owned());
            (code, name, c.code == chosen, String::new())
        };
        let free = self.registers.list("communes").iter().filter(|c| c.parent.is_none());
        let free: Vec<Choice> = free.map(choice).collect();
        let mut groups: Vec<(String, Vec<Choice>)> = self
            .registers
            .list("districts")
            .iter()
            .map(|d| {
                let of = self
                    .registers
                    .list("communes")
                    .iter()
                    .filter(|c| c.parent.as_deref() == Some(&d.code));
                let communes = of.map(choice).collect();
                (d.name.get(Lang::Vi).to_owned(), communes)
            })
            .collect();
        if !free.is_empty() {
            groups.insert(0, (String::new(), free));
        }
        vec![
            self.part(name, "commune", answer, self.w.form_commune(), Shape::List(groups)),
            self.part(name, "street", answer, self.w.form_street(), Shape::Line("text")),
        ]
    }
}

/// A condition for the browser.
fn json(condition: Option<&Condition>) -> String {
    condition.map_or_else(String::new, |c| serde_json::to_string(c).unwrap_or_default())
}
