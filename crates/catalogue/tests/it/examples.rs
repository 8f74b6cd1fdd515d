//! Every service modelled whole has a filled example that is accepted and at least three that are not.

use crate::content::catalogue;
use jiff::civil::{Date, date};
use motcua_catalogue::Catalogue;
use motcua_model::form::{Answers, Form, Problem, Raw, Registers};
use motcua_model::procedure::{Lang, Procedure};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const TODAY: Date = date(2020, 3, 30);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    papers: BTreeSet<String>,
    fee: u64,
    agency: String,
    right: BTreeMap<String, String>,
    wrong: Vec<Wrong>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrong {
    why: String,
    field: String,
    reason: String,
    change: BTreeMap<String, String>,
}

fn all(catalogue: &Catalogue) -> Vec<(Arc<Procedure>, Examples)> {
    let whole = catalogue.services().iter().filter(|s| s.whole);
    whole
        .map(|s| {
            let path = format!(
                "{}/../../catalogue/procedures/{}/examples.toml",
                env!("CARGO_MANIFEST_DIR"),
                s.sheet.code
            );
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
            let examples = toml::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
            (catalogue.procedure(&s.sheet.code).unwrap(), examples)
        })
        .collect()
}

/// Types the form step by step, as a citizen does.
fn fill(form: &Form, typed: &BTreeMap<String, String>, registers: &Registers) -> (Answers, Vec<Problem>) {
    let raw = Raw::from_pairs(typed.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let (mut answers, mut problems) = (Answers::new(), Vec::new());
    let mut next = form.steps.first();
    while let Some(step) = next {
        let mut reading = form.read_step(step, &raw, &answers, registers, TODAY);
        answers.append(&mut reading.answers);
        problems.append(&mut reading.problems);
        next = form.next_step(&step.id, &answers);
    }
    (answers, problems)
}

#[test]
fn the_right_example_of_every_service_is_accepted_and_means_the_same_when_read_again() {
    let catalogue = catalogue();
    for (procedure, example) in all(&catalogue) {
        let code = procedure.code();
        let (answers, problems) = fill(&procedure.form, &example.right, catalogue.registers());
        assert_eq!(problems, [], "{code}");
        let again = procedure.form.check(&answers, catalogue.registers(), TODAY);
        assert_eq!((again.answers, again.problems), (answers.clone(), vec![]), "{code}");
        let through_json: Answers = serde_json::from_str(&serde_json::to_string(&answers).unwrap()).unwrap();
        assert_eq!(through_json, answers, "{code}");
    }
}

#[test]
fn the_right_example_asks_for_its_papers_costs_its_fee_and_goes_to_its_agency() {
    let catalogue = catalogue();
    for (procedure, example) in all(&catalogue) {
        let code = procedure.code();
        let (answers, _) = fill(&procedure.form, &example.right, catalogue.registers());
        let papers: BTreeSet<_> = procedure
            .form
            .visible_papers(&answers)
            .filter(|p| p.required)
            .map(|p| p.id.clone())
            .collect();
        assert_eq!(papers, example.papers, "{code}");
        assert_eq!(
            procedure.sheet.fee.fee(&answers, |p| papers.contains(p)).total,
            example.fee,
            "{code}"
        );
        let agency = catalogue
            .agency_for(&procedure, &answers)
            .unwrap_or_else(|| panic!("{code}: no agency"));
        assert!(
            agency.name.vi.contains(&example.agency),
            "{code}: {} is not {}",
            agency.name.vi,
            example.agency
        );
        assert_eq!(agency.kind, procedure.sheet.agency_kind, "{code}");
        let applicant = procedure.form.applicant(&answers, catalogue.registers());
        assert_eq!(applicant.name, example.right["ho_ten"], "{code}");
        assert!(
            !applicant.person_id.is_empty() && !applicant.phone.is_empty() && !applicant.address.is_empty(),
            "{code}"
        );
    }
}

#[test]
fn every_wrong_example_is_refused_at_the_field_that_is_wrong() {
    let catalogue = catalogue();
    for (procedure, example) in all(&catalogue) {
        assert!(example.wrong.len() >= 3, "{}: three wrong examples", procedure.code());
        for wrong in &example.wrong {
            let mut typed = example.right.clone();
            typed.extend(wrong.change.clone());
            let (_, problems) = fill(&procedure.form, &typed, catalogue.registers());
            let named = |p: &Problem| p.field == wrong.field && format!("{:?}", p.reason).starts_with(&wrong.reason);
            let (code, why) = (procedure.code(), &wrong.why);
            assert!(problems.iter().any(named), "{code}: {why}: {problems:?}");
        }
    }
}

#[test]
fn the_review_page_shows_every_answer_in_words() {
    let catalogue = catalogue();
    for (procedure, example) in all(&catalogue) {
        let (answers, _) = fill(&procedure.form, &example.right, catalogue.registers());
        for lang in [Lang::Vi, Lang::En] {
            let sections = procedure.form.display(&answers, catalogue.registers(), lang);
            let rows: Vec<_> = sections.into_iter().flat_map(|s| s.rows).collect();
            for field in answers.keys() {
                let row = rows
                    .iter()
                    .find(|r| r.field == *field)
                    .unwrap_or_else(|| panic!("{field} is not shown"));
                assert!(
                    !row.value.is_empty() && !row.value.contains(['{', '"']),
                    "{field}: {}",
                    row.value
                );
            }
        }
    }
}
