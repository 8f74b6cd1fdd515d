//! What an officer fills in at a step, and what colleagues filled in before.

use super::typed::Typed;
use crate::AppState;
use crate::portal::field::{Control, Drawing};
use motcua_model::dossier::{Dossier, Status};
use motcua_model::form::{Field, Problem, Row, Section, Step, shown};
use motcua_model::procedure::{Procedure, Text};
use motcua_words::Words;
use std::collections::BTreeMap;

/// The fields of the step where the dossier stands, with what was typed and what is wrong.
pub(super) fn fill(
    app: &AppState,
    w: Words,
    procedure: &Procedure,
    d: &Dossier,
    typed: &Typed,
    problems: &[Problem],
) -> Vec<Control> {
    let Status::InProcess(stage) = d.status else {
        return Vec::new();
    };
    procedure
        .officer_form(stage.step)
        .map_or_else(Vec::new, |step| controls(app, w, &step, d, typed, problems))
}

/// The fields of a small form that officers fill in, with what was typed and what is wrong.
pub(super) fn controls(app: &AppState, w: Words, step: &Step, d: &Dossier, typed: &Typed, problems: &[Problem]) -> Vec<Control> {
    let (known, typed) = (d.known(), typed.raw.typed());
    let drawing = Drawing {
        w,
        registers: app.office.catalogue().registers(),
        answers: &known,
        typed: &typed,
        problems,
        more: None,
        step: &step.fields,
        taken: &BTreeMap::new(),
    };
    step.visible_fields(&known).map(|f| drawing.control(f)).collect()
}

/// What officers filled in, step by step.
pub(super) fn filled(app: &AppState, w: Words, procedure: &Procedure, d: &Dossier) -> Vec<Section> {
    let registers = app.office.catalogue().registers();
    let section = |(id, name, fields): (&str, &Text, &[Field])| {
        let rows: Vec<Row> = fields
            .iter()
            .filter(|f| d.filled.contains_key(&f.id))
            .map(|f| Row {
                field: f.id.clone(),
                label: f.label.get(w.0).to_owned(),
                value: shown(f, d.filled.get(&f.id), registers, w.0),
            })
            .collect();
        (!rows.is_empty()).then(|| Section {
            step: id.to_owned(),
            title: name.get(w.0).to_owned(),
            rows,
        })
    };
    let mut sections = Vec::new();
    for step in &procedure.process {
        let asks = step.asks.iter().map(|a| (a.id.as_str(), &a.name, &a.fields[..]));
        let own = (step.id.as_str(), &step.name, &step.fields[..]);
        sections.extend(asks.chain([own]).filter_map(section));
    }
    sections
}
