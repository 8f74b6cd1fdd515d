//! A form that changes under running drafts: what was answered is read again by the new version, and what does not fit
//! any more is told, never dropped in silence.

use super::read::flatten;
use super::{Answers, Field, FieldKind, Form, Raw, Reason, Registers, shown};
use crate::procedure::{Lang, Text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What changed for a draft that moved to a new version of its form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The version that it was filled in with.
    pub from: u32,
    /// The version that it has now.
    pub to: u32,
    /// Questions that are asked in other words now: before, now. The answer is kept.
    pub renamed: Vec<(Text, Text)>,
    /// Answers that the new version does not ask for, or does not take.
    pub left: Vec<Left>,
    /// Questions that are new and need an answer.
    pub asked: Vec<Text>,
}

/// An answer without a place in the new version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// What was asked.
    pub label: Text,
    /// What was answered.
    pub value: String,
}

/// A draft in the words of the new version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Answers.
    pub answers: Answers,
    /// What was typed and is not right by the new version.
    pub typed: BTreeMap<String, String>,
    /// Steps that are complete.
    pub done: Vec<String>,
    /// What changed.
    pub moved: Moved,
}

impl Form {
    /// What a page of an earlier version posted, under the names of this one.
    #[must_use]
    pub fn renamed(&self, raw: &Raw) -> Raw {
        let now = |name: &String| self.name_now(name);
        Raw(raw.0.iter().map(|(name, values)| (now(name), values.clone())).collect())
    }

    fn name_now(&self, name: &str) -> String {
        let mut parts: Vec<&str> = name.split('.').collect();
        let first = parts[0];
        let Some(field) = self
            .field(first)
            .or_else(|| self.fields().find(|f| f.was.iter().any(|w| w == first)))
        else {
            return name.to_owned();
        };
        parts[0] = &field.id;
        if let (FieldKind::Group { fields, .. } | FieldKind::Table { columns: fields, .. }, Some(inner)) =
            (&field.kind, parts.get(2).copied())
            && !fields.iter().any(|f| f.id == inner)
            && let Some(renamed) = fields.iter().find(|f| f.was.iter().any(|w| w == inner))
        {
            parts[2] = &renamed.id;
        }
        parts.join(".")
    }

    /// The name that a paper has now.
    #[must_use]
    pub fn paper_now<'a>(&'a self, kind: &'a str) -> &'a str {
        let renamed = self.papers.iter().find(|p| p.was.iter().any(|w| w == kind));
        match self.paper(kind) {
            Some(_) => kind,
            None => renamed.map_or(kind, |p| &p.id),
        }
    }

    /// Moves a draft from version `from` to this one. `old` is the form of that version, where it is still known: it
    /// says what the answers were to.
    #[must_use]
    pub fn carry(
        &self,
        (from, old): (u32, Option<&Form>),
        answers: &Answers,
        typed: &BTreeMap<String, String>,
        registers: &Registers,
        today: Date,
    ) -> Carried {
        let before = old.unwrap_or(self);
        let mut raw = Raw::default();
        for (id, answer) in answers {
            let calculated = before
                .field(id)
                .is_some_and(|f| matches!(f.kind, FieldKind::Calculated { .. }));
            if !calculated && !typed.keys().any(|t| super::is_input_of(t, id)) {
                raw.add(flatten(id, answer));
            }
        }
        raw.0.extend(before.typed_again(typed).0);
        let raw = self.renamed(&raw);
        let mut carried = Carried {
            moved: Moved {
                from,
                to: self.version,
                ..Moved::default()
            },
            ..Carried::default()
        };
        for step in &self.steps {
            let mut reading = self.read_step(step, &raw, &carried.answers, registers, today);
            if reading.problems.is_empty() {
                carried.done.push(step.id.clone());
            }
            carried.answers.append(&mut reading.answers);
            let wrong: BTreeSet<&str> = reading.problems.iter().filter_map(|p| p.field.split('.').next()).collect();
            for field in wrong {
                carried.typed.extend(raw.typed_of(field));
            }
        }
        self.compare(before, answers, &raw, registers, &mut carried);
        carried
    }

    fn compare(&self, old: &Form, answers: &Answers, raw: &Raw, registers: &Registers, carried: &mut Carried) {
        let origin = |field: &Field| -> Option<&Field> {
            old.field(&field.id)
                .or_else(|| field.was.iter().find_map(|was| old.field(was)))
        };
        for field in self.fields() {
            match origin(field) {
                Some(before) if before.label != field.label && carried.answers.contains_key(&field.id) => {
                    carried.moved.renamed.push((before.label.clone(), field.label.clone()));
                }
                Some(_) => {}
                None if field.is_visible(&carried.answers)
                    && field.is_required(&carried.answers)
                    && !carried.answers.contains_key(&field.id) =>
                {
                    carried.moved.asked.push(field.label.clone());
                }
                None => {}
            }
        }
        let names: BTreeSet<&str> = raw.0.keys().filter_map(|k| k.split('.').next()).collect();
        for name in names {
            let kept = carried.answers.contains_key(name) || carried.typed.keys().any(|t| super::is_input_of(t, name));
            let typed: Vec<String> = raw.typed_of(name).map(|(_, v)| v).filter(|v| !v.trim().is_empty()).collect();
            if kept || typed.is_empty() {
                continue;
            }
            let was = self.field(name).map_or(&[][..], |f| &f.was);
            let before = old.field(name).or_else(|| was.iter().find_map(|w| old.field(w)));
            let answer = before.and_then(|f| answers.get(&f.id));
            let value = match (before, answer) {
                (Some(field), Some(_)) => shown(field, answer, registers, Lang::Vi),
                _ => typed.join(", "),
            };
            carried.moved.left.push(Left {
                label: before
                    .or_else(|| self.field(name))
                    .map_or_else(|| Text::same(name), |f| f.label.clone()),
                value,
            });
        }
    }

    /// What is in a step that was right once and is not any more: a commune that is gone. Told before she goes on.
    #[must_use]
    pub fn outdated(&self, step: &str, answers: &Answers, registers: &Registers, today: Date) -> Vec<super::Problem> {
        let Some(step) = self.step(step) else { return Vec::new() };
        let mut raw = Raw::default();
        for field in &step.fields {
            if let Some(answer) = answers.get(&field.id) {
                raw.add(flatten(&field.id, answer));
            }
        }
        let mut problems = self.read_step(step, &raw, answers, registers, today).problems;
        problems.retain(|p| matches!(p.reason, Reason::PlaceGone { .. }));
        problems
    }

    /// What was kept as typed, as it would be posted again.
    #[must_use]
    pub fn typed_again(&self, typed: &BTreeMap<String, String>) -> Raw {
        let mut raw = Raw::default();
        for (name, text) in typed {
            // Of several boxes ticked each is a line of its own; a long text is one with all its lines.
            let several = self.input(name).is_some_and(|f| matches!(f.kind, FieldKind::Choices { .. }));
            let values = if several {
                text.lines().map(str::to_owned).collect()
            } else {
                vec![text.clone()]
            };
            raw.0.insert(name.clone(), values);
        }
        raw
    }
}
