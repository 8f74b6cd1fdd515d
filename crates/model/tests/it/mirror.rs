//! The cases that the browser's mirror is held to, too: `e2e/mirror.test.mjs` runs the same file against
//! `web/assets/condition.js`.

use jiff::civil::date;
use motcua_model::form::{Answers, Condition, Form, Formula, Raw, Registers};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Case {
    why: String,
    kinds: BTreeMap<String, String>,
    typed: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    when: Option<Condition>,
    #[serde(default)]
    holds: bool,
    #[serde(default)]
    formula: Option<Formula>,
    #[serde(default)]
    value: Value,
}

fn kind(kind: &str) -> &str {
    match kind {
        "number" => "{ number = { min = -9000000000000, max = 9000000000000 } }",
        "date" => "{ date = { precision = \"partial\" } }",
        "checkbox" => "\"checkbox\"",
        "choices" => {
            "{ choices = { options = [{ value = \"a\", label = { vi = \"A\" } }, { value = \"b\", label = { vi = \"B\" } }] } }"
        }
        "group" => {
            "{ group = { min = 0, max = 9, fields = [{ id = \"von\", label = { vi = \"Vốn\" }, kind = { number = { min = 0, max = 9000000 } } }] } }"
        }
        _ => "{ text = { max = 100 } }",
    }
}

fn answers(case: &Case) -> Answers {
    let mut text = "version = 1\napplicant = { name = \"x\" }\n[[step]]\nid = \"mot\"\ntitle = { vi = \"Một\" }\n".to_owned();
    for (id, k) in &case.kinds {
        text.push_str(&format!(
            "[[step.field]]\nid = \"{id}\"\nlabel = {{ vi = \"x\" }}\nkind = {}\n",
            kind(k)
        ));
    }
    let form: Form = toml::from_str(&text).unwrap();
    let raw = Raw(case.typed.clone());
    form.read_step(
        &form.steps[0],
        &raw,
        &Answers::new(),
        &Registers::default(),
        date(2020, 3, 30),
    )
    .answers
}

#[test]
fn the_server_decides_the_cases_of_the_mirror_as_they_say() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("mirror.json")).unwrap();
    assert!(cases.len() >= 40);
    for case in cases {
        let answers = answers(&case);
        if let Some(when) = &case.when {
            assert_eq!(when.holds(&answers), case.holds, "{}: {answers:?}", case.why);
        }
        if let Some(formula) = &case.formula {
            let value = formula.value(&answers).map_or(Value::Null, Value::from);
            assert_eq!(value, case.value, "{}: {answers:?}", case.why);
        }
    }
}
