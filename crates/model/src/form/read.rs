//! From what was typed to answers: one evaluator, used at every step and once more for the whole.

use super::{Answers, Bound, Field, FieldKind, Form, Precision, Problem, Reason, Registers, Step, number};
use crate::dossier::Applicant;
use crate::identifier::{BirthDate, DateError, PersonId, Phone, TaxCode};
use crate::text::{clean_name, clean_text};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a browser posts: dotted names with all their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw(pub BTreeMap<String, Vec<String>>);

impl Raw {
    /// The last value of an input, trimmed; empty when it was not posted.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|v| v.last()).map_or("", |s| s.trim())
    }

    /// Every value of an input.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// How many entries a group has: one more than the largest index posted.
    #[must_use]
    pub fn entries(&self, group: &str) -> usize {
        self.0
            .keys()
            .filter_map(|k| {
                k.strip_prefix(group)?
                    .strip_prefix('.')?
                    .split('.')
                    .next()?
                    .parse::<usize>()
                    .ok()
            })
            .max()
            .map_or(0, |n| n.saturating_add(1))
    }

    /// Takes pairs as posted.
    pub fn from_pairs<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut raw = Self::default();
        for (name, value) in pairs {
            raw.0.entry(name.into()).or_default().push(value.into());
        }
        raw
    }

    /// Adds pairs as posted.
    pub(super) fn add(&mut self, pairs: Vec<(String, String)>) {
        for (name, value) in pairs {
            self.0.entry(name).or_default().push(value);
        }
    }

    /// What was typed into the inputs of a field, one text for each.
    pub fn typed_of(&self, field: &str) -> impl Iterator<Item = (String, String)> {
        let own = self.0.iter().filter(move |(name, _)| super::is_input_of(name, field));
        own.map(|(name, values)| (name.clone(), values.join("\n")))
    }

    /// What was typed, one text for each input, to be shown again.
    #[must_use]
    pub fn typed(&self) -> BTreeMap<String, String> {
        self.0
            .iter()
            .map(|(name, values)| (name.clone(), values.join("\n")))
            .collect()
    }
}

/// What reading a step gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepReading {
    /// The right answers of this step.
    pub answers: Answers,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

pub(super) struct Reader<'a> {
    pub(super) raw: &'a Raw,
    pub(super) registers: &'a Registers,
    pub(super) today: Date,
    pub(super) problems: Vec<Problem>,
}

impl Form {
    /// Reads one step. `so_far` are the answers of the other steps, which conditions may look at.
    #[must_use]
    pub fn read_step(&self, step: &Step, raw: &Raw, so_far: &Answers, registers: &Registers, today: Date) -> StepReading {
        let mut reader = Reader {
            raw,
            registers,
            today,
            problems: Vec::new(),
        };
        let mut all = so_far.clone();
        for field in &step.fields {
            all.remove(&field.id);
        }
        let mut answers = Answers::new();
        for field in &step.fields {
            // In order: a condition looks at fields above, as the person reads.
            if !field.is_visible(&all) {
                continue;
            }
            let answer = match &field.kind {
                FieldKind::Calculated { formula, .. } => formula.value(&all).map(|n| json!(n)),
                _ => reader.field(field, &field.id, field.is_required(&all), &all),
            };
            if let Some(answer) = answer {
                all.insert(field.id.clone(), answer.clone());
                answers.insert(field.id.clone(), answer);
            }
        }
        self.check_person(&all, &answers, &mut reader.problems);
        for check in &self.checks {
            if answers.contains_key(&check.field) && check.refuse.holds(&all) {
                let reason = Reason::Refused(check.say.clone());
                reader.wrong::<()>(&check.field, reason);
            }
        }
        StepReading {
            answers,
            problems: reader.problems,
        }
    }

    /// Checks the whole form once more, as if each answer were typed again; answers of hidden fields are dropped.
    #[must_use]
    pub fn check(&self, answers: &Answers, registers: &Registers, today: Date) -> StepReading {
        let raw = Raw::from_pairs(answers.iter().flat_map(|(name, value)| flatten(name, value)));
        let mut whole = StepReading::default();
        for step in &self.steps {
            if step.when.as_ref().is_some_and(|c| !c.holds(&whole.answers)) {
                continue;
            }
            let mut reading = self.read_step(step, &raw, &whole.answers, registers, today);
            whole.answers.append(&mut reading.answers);
            whole.problems.append(&mut reading.problems);
        }
        whole
    }

    /// The person whom the dossier is for.
    #[must_use]
    pub fn applicant(&self, answers: &Answers, registers: &Registers) -> Applicant {
        let text = |field: &str| answers.get(field).and_then(Value::as_str).unwrap_or("").to_owned();
        let a = &self.applicant;
        Applicant {
            name: text(&a.name),
            person_id: text(&a.person_id),
            birth_date: text(&a.birth_date),
            phone: text(&a.phone),
            email: text(&a.email),
            address: answers
                .get(&a.address)
                .map(|v| super::display::address(v, registers))
                .unwrap_or_default(),
            commune: answers
                .get(&a.address)
                .and_then(|v| v.get("commune"))
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned(),
        }
    }

    /// An identity number must agree with the date of birth of the same person.
    fn check_person(&self, all: &Answers, read: &Answers, problems: &mut Vec<Problem>) {
        let (id, born) = (&self.applicant.person_id, &self.applicant.birth_date);
        if !read.contains_key(id) && !read.contains_key(born) {
            return;
        }
        let text = |field: &str| all.get(field).and_then(Value::as_str);
        if let (Some(number), Some(date)) = (text(id), text(born))
            && let (Ok(number), Ok(date)) = (PersonId::parse(number), date.parse::<BirthDate>())
            && let Err(e) = number.agrees_with(Some(date.year()), None)
        {
            let field = if read.contains_key(id) { id } else { born };
            problems.push(Problem {
                field: field.clone(),
                reason: Reason::PersonId(e),
            });
        }
    }
}

/// What a browser would post for an answer.
pub(super) fn flatten(name: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::String(s) => vec![(name.to_owned(), s.clone())],
        Value::Number(n) => vec![(name.to_owned(), n.to_string())],
        Value::Bool(true) => vec![(name.to_owned(), "on".to_owned())],
        Value::Array(list) if list.iter().all(Value::is_string) => list.iter().flat_map(|v| flatten(name, v)).collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .flat_map(|(i, v)| flatten(&format!("{name}.{i}"), v))
            .collect(),
        Value::Object(map) => map.iter().flat_map(|(key, v)| flatten(&format!("{name}.{key}"), v)).collect(),
        Value::Bool(false) | Value::Null => Vec::new(),
    }
}

impl Reader<'_> {
    pub(super) fn wrong<T>(&mut self, field: &str, reason: Reason) -> Option<T> {
        self.problems.push(Problem {
            field: field.to_owned(),
            reason,
        });
        None
    }

    /// One answer; `among` are the answers that the conditions of its choices look at.
    pub(super) fn field(&mut self, field: &Field, name: &str, required: bool, among: &Answers) -> Option<Value> {
        match &field.kind {
            FieldKind::Address => return self.address(name, required),
            FieldKind::Company => return self.company(name, required),
            FieldKind::Plot => return self.plot(name, required),
            FieldKind::Group { fields, min, max, .. } => return self.group(name, fields, *min, *max),
            FieldKind::Table { rows, columns } => return self.table(name, rows, columns, required),
            FieldKind::Choices { options } => {
                let chosen: Vec<_> = self.raw.all(name).iter().filter(|v| !v.is_empty()).collect();
                let offered = |c: &str| options.iter().any(|o| o.value == c && o.is_offered(among));
                if chosen.iter().any(|c| !offered(c)) {
                    return self.wrong(name, Reason::NotAChoice);
                }
                if chosen.is_empty() {
                    return if required { self.wrong(name, Reason::Required) } else { None };
                }
                return Some(json!(chosen));
            }
            _ => {}
        }
        let typed = self.raw.get(name).to_owned();
        if typed.is_empty() {
            return if required { self.wrong(name, Reason::Required) } else { None };
        }
        match self.scalar(&field.kind, &typed, among) {
            Ok(value) => Some(value),
            Err(reason) => self.wrong(name, reason),
        }
    }

    fn scalar(&self, kind: &FieldKind, typed: &str, among: &Answers) -> Result<Value, Reason> {
        let text = |max: usize| -> Result<Value, Reason> {
            let text = clean_text(typed, max).map_err(|_| Reason::TooLong { max })?;
            if text.trim().is_empty() {
                Err(Reason::Unreadable)
            } else {
                Ok(json!(text.trim()))
            }
        };
        Ok(match kind {
            FieldKind::Text { max } => json!(text(*max)?.as_str().unwrap_or("").replace('\n', " ")),
            FieldKind::LongText { max } => text(*max)?,
            FieldKind::Number { min, max } | FieldKind::Money { min, max } => {
                let n = number::whole(typed).ok_or(Reason::NotANumber)?;
                if n < *min || n > *max {
                    return Err(Reason::OutOfRange { min: *min, max: *max });
                }
                json!(n)
            }
            FieldKind::Date { bound, precision } => {
                let date: BirthDate = typed.parse().map_err(Reason::Date)?;
                match (precision, date) {
                    (Precision::Day, BirthDate::Month(..) | BirthDate::Year(_)) => {
                        return Err(Reason::Date(DateError::Format));
                    }
                    (Precision::Month, BirthDate::Year(_)) => return Err(Reason::MonthMissing),
                    _ => {}
                }
                let first = date.earliest().map_err(Reason::Date)?;
                match bound {
                    Some(Bound::Past) if first > self.today => return Err(Reason::InFuture),
                    Some(Bound::Future) if first < self.today => return Err(Reason::InPast),
                    _ => {}
                }
                json!(date.to_string())
            }
            FieldKind::Choice { options } => options
                .iter()
                .find(|o| o.value == typed && o.is_offered(among))
                .map(|o| json!(o.value))
                .ok_or(Reason::NotAChoice)?,
            FieldKind::Register { name } => self.place(name, typed).map(|e| json!(e.code))?,
            FieldKind::PersonName => json!(clean_name(typed).map_err(Reason::Name)?),
            FieldKind::PersonId => json!(PersonId::parse(typed).map_err(Reason::PersonId)?.as_str()),
            FieldKind::TaxCode => json!(TaxCode::parse(typed).map_err(Reason::TaxCode)?.as_str()),
            FieldKind::Phone => json!(Phone::parse(typed).map_err(Reason::Phone)?.e164()),
            FieldKind::Email => {
                let plain = |s: &str| !s.is_empty() && s.is_ascii() && !s.chars().any(|c| c.is_whitespace() || c.is_control());
                match typed.rsplit_once('@') {
                    Some((name, host)) if plain(name) && plain(host) && host.contains('.') && typed.len() <= 200 => {
                        json!(typed.to_lowercase())
                    }
                    _ => return Err(Reason::Email),
                }
            }
            FieldKind::Checkbox => json!(typed == "on" || typed == "true"),
            FieldKind::Choices { .. }
            | FieldKind::Address
            | FieldKind::Company
            | FieldKind::Plot
            | FieldKind::Group { .. }
            | FieldKind::Table { .. }
            | FieldKind::Calculated { .. } => Value::Null,
        })
    }
}
