//! Content at its limits: the longest form, conditions that go round in a circle.

use motcua_catalogue::{Catalogue, Files, Mistake};
use std::fmt::Write as _;

const FORM: &str = "procedures/1.004873/form.toml";

/// The shipped content with more steps of forty fields behind the form, `fields` in all that are new.
fn with_fields(fields: usize) -> Files {
    let files = Files::embedded();
    let mut form = files.get(FORM).unwrap().to_owned();
    for n in 0..fields {
        if n % 40 == 0 {
            let step = n / 40;
            write!(form, "\n[[step]]\nid = \"them-{step}\"\ntitle = {{ vi = \"Bước {step}\" }}\n").unwrap();
        }
        write!(
            form,
            "\n[[step.field]]\nid = \"them_{n}\"\nlabel = {{ vi = \"Ô {n}\" }}\nkind = {{ text = {{ max = 10 }} }}\n"
        )
        .unwrap();
    }
    // Papers stand behind the steps in the file: tables of one list may stand apart.
    files.with([(FORM.to_owned(), Some(form.into()))])
}

fn mistakes(files: &Files) -> Vec<Mistake> {
    Catalogue::from_files(files).err().unwrap_or_default()
}

#[test]
fn a_form_of_five_hundred_fields_is_read_and_one_more_is_refused() {
    let own: usize = {
        let catalogue = Catalogue::embedded().unwrap();
        let form = catalogue.procedure(&"1.004873".into()).unwrap();
        form.form.fields().count()
    };
    assert_eq!(mistakes(&with_fields(500 - own)), []);
    let found = mistakes(&with_fields(501 - own));
    assert!(
        found
            .iter()
            .any(|m| m.file == FORM && m.what.contains("quá 500 ô") && !m.remedy.is_empty()),
        "{found:?}"
    );
}

#[test]
fn conditions_that_go_round_in_a_circle_are_named_where_they_begin() {
    let files = Files::embedded();
    let circle = "\n[[step]]\nid = \"vong\"\ntitle = { vi = \"Vòng\" }\n\n\
        [[step.field]]\nid = \"a\"\nlabel = { vi = \"A\" }\nkind = \"checkbox\"\nwhen = { ticked = \"b\" }\n\n\
        [[step.field]]\nid = \"b\"\nlabel = { vi = \"B\" }\nkind = \"checkbox\"\nwhen = { ticked = \"a\" }\n";
    let form = format!("{}{circle}", files.get(FORM).unwrap());
    let line = form.lines().position(|l| l == "when = { ticked = \"b\" }").unwrap() + 1;
    let found = mistakes(&files.with([(FORM.to_owned(), Some(form.into()))]));
    let named = found.iter().find(|m| m.field == "a").unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!((named.file.as_str(), named.line), (FORM, line));
    assert!(named.what.contains("ô chưa hỏi"), "{named}");
}
