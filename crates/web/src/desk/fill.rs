//! What an officer fills in at a step, and what colleagues filled in before.

use super::typed::Typed;
use crate::AppState;
use crate::portal::field::{Control, Drawing};
use motcua_model::dossier::{Dossier, Status};
use motcua_model::form::{Problem, Row, Section, shown};
use motcua_model::procedure::Procedure;
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
    let Some(step) = procedure.officer_form(stage.step) else {
        return Vec::new();
    };
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
    let section = |step: &motcua_model::procedure::ProcessStep| {
        let rows: Vec<Row> = step
            .fields
            .iter()
            .filter(|f| d.filled.contains_key(&f.id))
            .map(|f| Row {
                field: f.id.clone(),
                label: f.label.get(w.0).to_owned(),
                value: shown(f, d.filled.get(&f.id), registers, w.0),
            })
            .collect();
        (!rows.is_empty()).then(|| Section {
            step: step.id.clone(),
            title: step.name.get(w.0).to_owned(),
            rows,
        })
    };
    procedure.process.iter().filter_map(section).collect()
}
