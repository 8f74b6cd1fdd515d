//! The schemas say of every file of the content that it is right, and of broken ones that they are not; the files in
//! `docs/schema` and `.taplo.toml` are those that the program writes.

use motcua_catalogue::Files;
use motcua_catalogue::schema::{Kind, taplo};
use serde_json::{Value, json};
use std::path::Path;

/// What a schema of ours says of a value: the words of JSON Schema that it uses, no more.
pub fn wrong(root: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    let schema = match schema {
        Value::Bool(true) => return None,
        Value::Object(map) => map,
        _ => return Some(format!("{at}: nothing may stand here")),
    };
    let says = |what: &str| Some(format!("{at}: {what}"));
    let list = |key: &str| schema.get(key).and_then(Value::as_array);
    for (key, what) in schema {
        let found = match key.as_str() {
            "$schema"
            | "title"
            | "description"
            | "default"
            | "definitions"
            | "format"
            | "required"
            | "additionalProperties"
            | "minLength"
            | "maxLength"
            | "propertyNames"
            | "uniqueItems" => None,
            "$ref" => {
                let name = what.as_str().unwrap().strip_prefix("#/").unwrap();
                let inner = name.split('/').fold(root, |at, part| &at[part]);
                wrong(root, inner, value, at)
            }
            "type" => {
                let is = |kind: &Value| match kind.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64(),
                    other => panic!("{other}: say here what it means"),
                };
                let right = what.as_array().map_or_else(|| is(what), |kinds| kinds.iter().any(is));
                if right { None } else { says(&format!("is no {what}")) }
            }
            "enum" if !list("enum").unwrap().contains(value) => says(&format!("is none of {what}")),
            "const" if what != value => says(&format!("is not {what}")),
            "enum" | "const" => None,
            "minimum" if value.as_i64() < what.as_i64() => says("too small"),
            "maximum" if value.as_i64() > what.as_i64() => says("too large"),
            "minimum" | "maximum" => None,
            "items" => value
                .as_array()
                .and_then(|items| items.iter().find_map(|item| wrong(root, what, item, at))),
            "properties" => {
                let (known, own) = (what.as_object().unwrap(), value.as_object());
                own.into_iter().flatten().find_map(|(key, value)| match known.get(key) {
                    Some(inner) => wrong(root, inner, value, &format!("{at}/{key}")),
                    None => match schema.get("additionalProperties") {
                        Some(Value::Bool(false)) => says(&format!("there is no {key}")),
                        Some(inner) => wrong(root, inner, value, &format!("{at}/{key}")),
                        None => None,
                    },
                })
            }
            "allOf" => list("allOf").unwrap().iter().find_map(|inner| wrong(root, inner, value, at)),
            "oneOf" | "anyOf" => {
                let all: Vec<_> = list(key).unwrap().iter().map(|inner| wrong(root, inner, value, at)).collect();
                let right = all.iter().filter(|w| w.is_none()).count();
                let wanted = if key == "oneOf" { right == 1 } else { right > 0 };
                if wanted { None } else { says(&format!("{right} of {all:?}")) }
            }
            other => panic!("{other}: say here what it means"),
        };
        if found.is_some() {
            return found;
        }
    }
    let missing = list("required")
        .into_iter()
        .flatten()
        .find(|key| value.get(key.as_str().unwrap()).is_none());
    missing
        .filter(|_| value.is_object())
        .and_then(|key| says(&format!("{key} is missing")))
}

pub fn toml(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

#[test]
fn every_file_of_the_content_is_right_by_its_schema() {
    let (files, mut seen) = (Files::embedded(), std::collections::BTreeSet::new());
    for path in files.paths().filter(|path| path.ends_with(".toml")) {
        let kind = Kind::of(path).unwrap_or_else(|| panic!("{path}: no schema"));
        let schema = kind.schema();
        if let Some(what) = wrong(&schema, &schema, &toml(files.get(path).unwrap()), "") {
            panic!("{path}: {what}");
        }
        seen.insert(kind);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), Kind::ALL);
}

#[test]
fn a_schema_names_what_is_wrong() {
    let files = Files::embedded();
    let sheet = "procedures/1.004873/sheet.toml";
    let form = "procedures/1.004873/form.toml";
    let cases = [
        (sheet, "level = 4", "level = 5", "level"),
        (sheet, "agency_kind = \"commune\"", "agency_kind = \"xa\"", "agency_kind"),
        (sheet, "field = \"Hộ tịch\"\n", "", "field"),
        (form, "kind = \"person_name\"", "kind = \"ten_nguoi\"", "kind"),
        (form, "required = true", "bat_buoc = true", "bat_buoc"),
        (form, "version = 1", "version = -1", "version"),
        ("agencies.toml", "kind = \"department\"", "kind = \"so\"", "kind"),
        ("life_events.toml", "lead = ", "loi_dan = ", "loi_dan"),
    ];
    for (path, from, to, named) in cases {
        let right = files.get(path).unwrap();
        let broken = right.replacen(from, to, 1);
        assert_ne!(right, broken, "{path}: {from}");
        let schema = Kind::of(path).unwrap().schema();
        let what = wrong(&schema, &schema, &toml(&broken), "").unwrap_or_else(|| panic!("{path}: {to} is let through"));
        assert!(what.contains(named), "{path}: {what}");
    }
}

#[test]
fn a_person_who_types_reads_what_each_key_means() {
    let schema = Kind::Form.schema();
    let field = &schema["definitions"]["Field"];
    assert_eq!(field["properties"]["label"]["description"], json!("What is asked."));
    assert_eq!(field["additionalProperties"], json!(false));
}

#[test]
fn the_schemas_in_the_documents_are_those_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for kind in Kind::ALL {
        let path = root.join(format!("docs/schema/{}.json", kind.name()));
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == kind.text(),
            "docs/schema is old: motcua catalogue schema --to docs/schema"
        );
    }
    let kept = std::fs::read_to_string(root.join(".taplo.toml")).unwrap_or_default();
    assert_eq!(kept, taplo("catalogue/", "docs/schema/"), ".taplo.toml is old");
}
