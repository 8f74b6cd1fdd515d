//! What the browser needs to show at once what the server decides at the next save: which kinds the answers on the page
//! are, and what was answered on other pages. `assets/condition.js` reads it.

use motcua_model::form::{Answers, Field, FieldKind, Form, Step};
use std::collections::{BTreeMap, BTreeSet};

/// Data attributes of a form page, as JSON.
pub struct Mirror {
    /// Answers of other steps that conditions and formulas of this one look at.
    pub known: String,
    /// Kinds of the fields of this step that they look at.
    pub kinds: String,
}

impl Mirror {
    /// The mirror of a step.
    pub fn of(form: &Form, step: &Step, answers: &Answers) -> Self {
        let looked_at: BTreeSet<&str> = step.fields.iter().flat_map(looks_at).collect();
        let here = |id: &str| step.fields.iter().find(|f| f.id == id);
        let known: BTreeMap<&str, _> = looked_at
            .iter()
            .filter(|id| here(id).is_none() && form.field(id).is_some())
            .filter_map(|id| Some((*id, answers.get(*id)?)))
            .collect();
        let kinds: BTreeMap<&str, &str> = looked_at.iter().filter_map(|id| Some((*id, kind(here(id)?)))).collect();
        Self {
            known: serde_json::to_string(&known).unwrap_or_default(),
            kinds: serde_json::to_string(&kinds).unwrap_or_default(),
        }
    }
}

/// The fields that a field's conditions and formula look at.
fn looks_at(field: &Field) -> Vec<&str> {
    let mut all: Vec<&str> = field.when.iter().flat_map(|c| c.fields()).collect();
    match &field.kind {
        FieldKind::Choice { options } | FieldKind::Choices { options } => {
            all.extend(options.iter().filter_map(|o| o.when.as_ref()).flat_map(|c| c.fields()));
        }
        FieldKind::Calculated { formula, .. } => all.extend(formula.fields()),
        _ => {}
    }
    all
}

/// How the browser reads what is typed into a field.
fn kind(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Number { .. } | FieldKind::Money { .. } => "number",
        FieldKind::Date { .. } => "date",
        FieldKind::Checkbox => "checkbox",
        FieldKind::Choices { .. } => "choices",
        FieldKind::Group { .. } => "group",
        FieldKind::Table { .. } => "table",
        FieldKind::Calculated { .. } => "calculated",
        FieldKind::Address | FieldKind::Company | FieldKind::Plot => "parts",
        _ => "text",
    }
}
