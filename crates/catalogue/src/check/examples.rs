//! Tries the examples of each service modelled whole: one form filled in rightly, and what people get wrong.

use super::{Mistake, line_of, toml};
use crate::Catalogue;
use crate::files::Files;
use jiff::civil::{Date, date};
use motcua_model::form::{Answers, Form, Problem, Raw, Registers};
use motcua_model::procedure::Procedure;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The day on which examples are filled in: they stay right as time goes by.
pub const EXAMPLE_DAY: Date = date(2020, 3, 30);

/// Fewest wrong examples of a service.
const WRONG: usize = 3;

/// `examples.toml` of a service.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// The papers that the right example must attach.
    pub papers: BTreeSet<String>,
    /// Its fee in VND.
    pub fee: u64,
    /// Part of the name of the agency that it goes to.
    pub agency: String,
    /// What is typed, by input.
    pub right: BTreeMap<String, String>,
    /// What people get wrong.
    pub wrong: Vec<Wrong>,
}

/// One change of the right example that makes it wrong.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// What happened, in words.
    pub why: String,
    /// Where it is said.
    pub field: String,
    /// How its reason starts: a variant of `motcua_model::form::Reason`.
    pub reason: String,
    /// What is typed otherwise.
    pub change: BTreeMap<String, String>,
}

/// Types a form step by step, as a citizen does.
#[must_use]
pub fn fill(form: &Form, typed: &BTreeMap<String, String>, registers: &Registers) -> (Answers, Vec<Problem>) {
    let raw = Raw::from_pairs(typed.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let (mut answers, mut problems) = (Answers::new(), Vec::new());
    let mut next = form.steps.first();
    while let Some(step) = next {
        let mut reading = form.read_step(step, &raw, &answers, registers, EXAMPLE_DAY);
        answers.append(&mut reading.answers);
        problems.append(&mut reading.problems);
        next = form.next_step(&step.id, &answers);
    }
    (answers, problems)
}

/// The examples of a service; none where the file is missing or cannot be read, which is a mistake.
pub(crate) fn read(procedure: &Procedure, files: &Files, mistakes: &mut Vec<Mistake>) -> Option<Examples> {
    toml(files, &path(procedure), mistakes)
}

fn path(procedure: &Procedure) -> String {
    format!("procedures/{}/examples.toml", procedure.code())
}

/// Tries the examples of a service; adds what does not come out as the file says.
pub(crate) fn try_out(catalogue: &Catalogue, procedure: &Procedure, files: &Files, mistakes: &mut Vec<Mistake>) {
    let Some(examples) = read(procedure, files, mistakes) else {
        return;
    };
    let file = path(procedure);
    let text = files.get(&file).unwrap_or("");
    let mut add = |place: &str, what: String, remedy: &str| {
        mistakes.push(Mistake::new(&file, line_of(text, place), place, &what, remedy));
    };
    let (form, registers) = (&procedure.form, catalogue.registers());
    let known: BTreeSet<&str> = form.steps.iter().flat_map(|s| &s.fields).map(|f| f.id.as_str()).collect();
    let changed = examples.wrong.iter().flat_map(|w| w.change.keys());
    for input in examples.right.keys().chain(changed) {
        if !known.contains(input.split('.').next().unwrap_or(input)) {
            add(input, "tờ khai không có ô này".into(), "dùng id của ô trong form.toml");
        }
    }
    let (answers, problems) = fill(form, &examples.right, registers);
    for p in problems {
        add(
            &p.field,
            format!("ví dụ đúng bị từ chối: {:?}", p.reason),
            "sửa ví dụ, hoặc sửa tờ khai",
        );
    }
    let papers: BTreeSet<String> = form
        .visible_papers(&answers)
        .filter(|p| p.is_required(&answers))
        .map(|p| p.id.clone())
        .collect();
    if papers != examples.papers {
        add("papers", format!("giấy tờ phải nộp là {papers:?}"), "sửa papers");
    }
    let fee = procedure.sheet.fee.fee(&answers, |p| papers.contains(p)).total;
    if fee != examples.fee {
        add(
            "fee",
            format!("phí tính ra là {fee}"),
            "sửa fee, hoặc sửa [fee] trong sheet.toml",
        );
    }
    match catalogue.agency_for(procedure, &answers) {
        Some(agency) if agency.name.vi.contains(&examples.agency) => {}
        Some(agency) => add("agency", format!("hồ sơ đến {}", agency.name.vi), "sửa agency"),
        None => add(
            "agency",
            "không biết hồ sơ đến đâu".into(),
            "xem agency, agency_kind trong sheet.toml",
        ),
    }
    if examples.wrong.len() < WRONG {
        add(
            "wrong",
            "chưa đủ ba ví dụ sai".into(),
            "thêm [[wrong]]: chỗ người dân hay nhầm",
        );
    }
    for wrong in &examples.wrong {
        let mut typed = examples.right.clone();
        typed.extend(wrong.change.clone());
        let (_, problems) = fill(form, &typed, registers);
        let named = |p: &Problem| p.field == wrong.field && format!("{:?}", p.reason).starts_with(&wrong.reason);
        if !problems.iter().any(named) {
            let found: Vec<_> = problems.iter().map(|p| format!("{}: {:?}", p.field, p.reason)).collect();
            let what = format!("“{}” không bị từ chối như đã ghi, mà: [{}]", wrong.why, found.join("; "));
            add(&wrong.field, what, "sửa field, reason, hoặc thêm quy tắc vào tờ khai");
        }
    }
}
