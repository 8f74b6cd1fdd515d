//! Every service modelled whole has a filled example that is accepted and at least three that are not.

use crate::content::catalogue;
use motcua_catalogue::{Catalogue, EXAMPLE_DAY, fill};
use motcua_model::form::Answers;
use motcua_model::procedure::Lang;

#[test]
fn every_service_modelled_whole_keeps_what_its_examples_promise() {
    if let Err(mistakes) = Catalogue::check(None) {
        let lines: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    }
}

#[test]
fn answers_mean_the_same_when_they_are_read_again() {
    let catalogue = catalogue();
    for (procedure, example) in catalogue.examples().unwrap() {
        let (answers, _) = fill(&procedure.form, &example.right, catalogue.registers());
        let again = procedure.form.check(&answers, catalogue.registers(), EXAMPLE_DAY);
        assert_eq!(
            (again.answers, again.problems),
            (answers.clone(), vec![]),
            "{}",
            procedure.code()
        );
        let through_json: Answers = serde_json::from_str(&serde_json::to_string(&answers).unwrap()).unwrap();
        assert_eq!(through_json, answers, "{}", procedure.code());
    }
}

#[test]
fn the_review_page_shows_every_answer_in_words() {
    let catalogue = catalogue();
    for (procedure, example) in catalogue.examples().unwrap() {
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
