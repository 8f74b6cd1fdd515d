//! What the files of the content are made of, as a form sees it: keys in order, each with how it is asked. One table; a
//! new key or kind of field is one line here and its words. A test holds it against the schema of each file.

/// How a key is asked.
#[derive(Debug)]
pub enum Ask {
    /// One line.
    Line,
    /// A text in both languages: `{ vi = …, en = … }`.
    Words,
    /// A whole number.
    Number,
    /// Yes or nothing.
    Tick,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A list of texts, one a line.
    Lines,
    /// A list of tables, one a line, these values in it separated by `|`.
    Rows(&'static [&'static str]),
    /// When something holds: comparisons of answers.
    Condition,
    /// One of several kinds, each with its options.
    Kind(&'static [Variant]),
    /// Entries with pages of their own.
    Entries(&'static [Key]),
    /// As it stands in the file: what no form asks yet.
    Toml,
}

/// A key.
#[derive(Debug)]
pub struct Key {
    /// Name in the file; dots lead into tables.
    pub name: &'static str,
    /// How it is asked.
    pub ask: Ask,
}

/// One of several kinds.
#[derive(Debug)]
pub struct Variant {
    /// Name in the file.
    pub name: &'static str,
    /// What it begins with, as TOML; empty where it has no options.
    pub first: &'static str,
    /// Its options; one without a name is the value itself.
    pub options: &'static [Key],
}

const fn key(name: &'static str, ask: Ask) -> Key {
    Key { name, ask }
}

const fn kind(name: &'static str, first: &'static str, options: &'static [Key]) -> Variant {
    Variant { name, first, options }
}

const MIN_MAX: &[Key] = &[key("min", Ask::Number), key("max", Ask::Number)];
const MAX: &[Key] = &[key("max", Ask::Number)];
const OPTIONS: &[Key] = &[key("options", Ask::Rows(&["value", "label.vi", "label.en"]))];
const CHOICE: &str = "{ options = [{ value = \"a\", label = { vi = \"A\", en = \"A\" } }] }";
const GROUP: &str =
    "{ min = 1, max = 5, fields = [{ id = \"ten\", label = { vi = \"Tên\", en = \"Name\" }, kind = { text = { max = 100 } } }] }";
const TABLE: &str = "{ rows = [{ id = \"mot\", label = { vi = \"Một\", en = \"One\" } }], \
     columns = [{ id = \"so\", label = { vi = \"Số\", en = \"Number\" }, kind = { number = { min = 0, max = 1000 } } }] }";

/// Every kind of field with its options.
pub const KINDS: &[Variant] = &[
    kind("text", "{ max = 200 }", MAX),
    kind("long_text", "{ max = 2000 }", MAX),
    kind("number", "{ min = 0, max = 1000 }", MIN_MAX),
    kind("money", "{ min = 0, max = 1000000000 }", MIN_MAX),
    kind(
        "date",
        "{}",
        &[
            key("bound", Ask::OneOf(&["past", "future"])),
            key("precision", Ask::OneOf(&["day", "month", "partial"])),
        ],
    ),
    kind("choice", CHOICE, OPTIONS),
    kind("choices", CHOICE, OPTIONS),
    kind("register", "{ name = \"communes\" }", &[key("name", Ask::Line)]),
    kind("address", "", &[]),
    kind("person_name", "", &[]),
    kind("person_id", "", &[]),
    kind("tax_code", "", &[]),
    kind("phone", "", &[]),
    kind("email", "", &[]),
    kind("company", "", &[]),
    kind("plot", "", &[]),
    kind(
        "group",
        GROUP,
        &[
            key("min", Ask::Number),
            key("max", Ask::Number),
            key("table", Ask::Tick),
            key("fields", Ask::Toml),
        ],
    ),
    kind(
        "table",
        TABLE,
        &[
            key("rows", Ask::Rows(&["id", "label.vi", "label.en"])),
            key("columns", Ask::Toml),
        ],
    ),
    kind("checkbox", "", &[]),
    kind(
        "calculated",
        "{ formula = { total = [] } }",
        &[key("formula", Ask::Toml), key("money", Ask::Tick)],
    ),
];

const TERMS: &[Variant] = &[
    kind("working_days", "3", &[key("", Ask::Number)]),
    kind("working_hours", "8", &[key("", Ask::Number)]),
    kind("calendar_days", "10", &[key("", Ask::Number)]),
    kind("months", "1", &[key("", Ask::Number)]),
    kind("same_day", "{ cutoff_hour = 15 }", &[key("cutoff_hour", Ask::Number)]),
];

const FIELD: &[Key] = &[
    key("label", Ask::Words),
    key("id", Ask::Line),
    key("hint", Ask::Words),
    key("example", Ask::Line),
    key("required", Ask::Tick),
    key("kind", Ask::Kind(KINDS)),
    key("when", Ask::Condition),
    key("required_when", Ask::Condition),
    key("prefill", Ask::OneOf(&["name", "person_id", "birth_date", "phone", "email"])),
    key("meaning", Ask::Line),
    key("was", Ask::Lines),
];

const QUESTION: &[Key] = &[
    key("ask", Ask::Words),
    key("otherwise", Ask::Words),
    key("instead", Ask::Line),
    key("id", Ask::Line),
    key(
        "answer",
        Ask::Entries(&[
            key("label", Ask::Words),
            key("refuse", Ask::Words),
            key("instead", Ask::Line),
            key("next", Ask::Line),
        ]),
    ),
];

const PAPER: &[Key] = &[
    key("label", Ask::Words),
    key("id", Ask::Line),
    key("hint", Ask::Words),
    key("required", Ask::Tick),
    key("required_when", Ask::Condition),
    key("when", Ask::Condition),
    key("max", Ask::Number),
    key("types", Ask::Lines),
    key("max_mb", Ask::Number),
    key("was", Ask::Lines),
];

const FORM: &[Key] = &[
    key(
        "step",
        Ask::Entries(&[
            key("title", Ask::Words),
            key("id", Ask::Line),
            key("intro", Ask::Words),
            key("when", Ask::Condition),
            key("field", Ask::Entries(FIELD)),
        ]),
    ),
    key("paper", Ask::Entries(PAPER)),
    key("question", Ask::Entries(QUESTION)),
    key(
        "check",
        Ask::Entries(&[key("field", Ask::Line), key("refuse", Ask::Condition), key("say", Ask::Words)]),
    ),
    key("applicant.name", Ask::Line),
    key("applicant.person_id", Ask::Line),
    key("applicant.birth_date", Ask::Line),
    key("applicant.phone", Ask::Line),
    key("applicant.email", Ask::Line),
    key("applicant.address", Ask::Line),
];

const FEE_LINE: &[Key] = &[
    key("label", Ask::Words),
    key("amount", Ask::Number),
    key("kind", Ask::OneOf(&["charge", "fee"])),
    key("per", Ask::Line),
    key("beyond", Ask::Number),
    key("up_to", Ask::Number),
    key("each", Ask::Number),
    key("bands", Ask::Toml),
    key("min", Ask::Number),
    key("max", Ask::Number),
    key("when", Ask::Condition),
    key("budget", Ask::Line),
];

const AGENCY_KINDS: &[&str] = &[
    "department",
    "district",
    "commune",
    "land_branch",
    "post_office",
    "tax_branch",
];

const SHEET: &[Key] = &[
    key("name", Ask::Words),
    key("code", Ask::Line),
    key("field", Ask::Line),
    key("level", Ask::Number),
    key("agency_kind", Ask::OneOf(AGENCY_KINDS)),
    key("agency", Ask::Line),
    key("agency_text", Ask::Line),
    key("who", Ask::Words),
    key("term", Ask::Kind(TERMS)),
    key("term_note", Ask::Words),
    key("result", Ask::Words),
    key("needs", Ask::Rows(&["vi", "en"])),
    key("ways", Ask::Lines),
    key("legal_basis", Ask::Lines),
    key("keywords", Ask::Lines),
    key("source.origin", Ask::OneOf(&["sourced", "estimated"])),
    key("source.url", Ask::Line),
    key("source.estimated", Ask::Lines),
    key("fee.line", Ask::Entries(FEE_LINE)),
    key(
        "fee.exempt",
        Ask::Entries(&[
            key("label", Ask::Words),
            key("when", Ask::Condition),
            key("proof", Ask::Line),
            key("percent", Ask::Number),
        ]),
    ),
    key("fee.min", Ask::Number),
    key("fee.max", Ask::Number),
    key("fee.note", Ask::Words),
    key("fee_text", Ask::Line),
    key("was", Ask::Lines),
    key("closed.from", Ask::Line),
    key("closed.until", Ask::Line),
    key("closed.reason", Ask::Words),
];

const OPINION: &[Key] = &[
    key("name", Ask::Words),
    key("id", Ask::Line),
    key("agency_kind", Ask::OneOf(AGENCY_KINDS)),
    key("agency", Ask::Line),
    key("role", Ask::OneOf(ROLES)),
    key("hours", Ask::Number),
    key("when", Ask::Condition),
    key("say", Ask::Words),
    key("silence", Ask::OneOf(&["waits", "agrees"])),
    key("payment", Ask::Line),
    key("paper", Ask::Tick),
    key("field", Ask::Entries(FIELD)),
];

const ROLES: &[&str] = &["receptionist", "specialist", "leader"];

const PROCESS: &[Key] = &[
    key(
        "step",
        Ask::Entries(&[
            key("name", Ask::Words),
            key("id", Ask::Line),
            key("role", Ask::OneOf(ROLES)),
            key("hours", Ask::Number),
            key("proposes", Ask::Tick),
            key("issues", Ask::Rows(&["vi", "en"])),
            key("ends", Ask::Tick),
            key("field", Ask::Entries(FIELD)),
            key(
                "next",
                Ask::Entries(&[key("to", Ask::Line), key("when", Ask::Condition), key("say", Ask::Words)]),
            ),
            key("ask", Ask::Entries(OPINION)),
            key("answers", Ask::Number),
        ]),
    ),
    key("extension.times", Ask::Number),
    key("extension.days", Ask::Number),
    key("extension.basis", Ask::Line),
];

const AGENCIES: &[Key] = &[key(
    "agency",
    Ask::Entries(&[
        key("name", Ask::Words),
        key("code", Ask::Line),
        key("kind", Ask::OneOf(AGENCY_KINDS)),
        key("place", Ask::Line),
        key("address", Ask::Line),
        key("phone", Ask::Line),
        key("valid_from", Ask::Line),
        key("valid_to", Ask::Line),
        key("successors", Ask::Lines),
    ]),
)];

const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const HOURS: &[Key] = &[
    key(WEEK[0], Ask::Lines),
    key(WEEK[1], Ask::Lines),
    key(WEEK[2], Ask::Lines),
    key(WEEK[3], Ask::Lines),
    key(WEEK[4], Ask::Lines),
    key(WEEK[5], Ask::Lines),
    key(WEEK[6], Ask::Lines),
    key(
        "season",
        Ask::Entries(&[
            key("from", Ask::Line),
            key("to", Ask::Line),
            key(WEEK[0], Ask::Lines),
            key(WEEK[1], Ask::Lines),
            key(WEEK[2], Ask::Lines),
            key(WEEK[3], Ask::Lines),
            key(WEEK[4], Ask::Lines),
            key(WEEK[5], Ask::Lines),
            key(WEEK[6], Ask::Lines),
        ]),
    ),
];

const LIFE_EVENTS: &[Key] = &[key(
    "life_event",
    Ask::Entries(&[
        key("name", Ask::Words),
        key("id", Ask::Line),
        key("lead", Ask::Words),
        key("step", Ask::Rows(&["service", "note.vi", "note.en"])),
    ]),
)];

const SHARED_STEP: &[Key] = &[key("field", Ask::Entries(FIELD))];

/// What a file is made of; none for one that is changed as a table or as a text only.
#[must_use]
pub fn of(path: &str) -> Option<&'static [Key]> {
    Some(match path {
        "agencies.toml" => AGENCIES,
        "calendars/office-hours.toml" => HOURS,
        "life_events.toml" => LIFE_EVENTS,
        _ => match path.split('/').collect::<Vec<_>>()[..] {
            ["procedures", _, "sheet.toml"] => SHEET,
            ["procedures", _, "form.toml"] => FORM,
            ["procedures", _, "process.toml"] => PROCESS,
            ["steps", _] => SHARED_STEP,
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::{Ask, KINDS, Key, of};
    use crate::schema::Kind;
    use serde_json::Value;

    /// Where a name leads: through references and tables.
    fn inner<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
        let reference = schema.get("$ref").or_else(|| schema["allOf"][0].get("$ref"));
        match reference
            .and_then(Value::as_str)
            .and_then(|r| r.strip_prefix("#/definitions/"))
        {
            Some(name) => &root["definitions"][name],
            None => schema,
        }
    }

    fn holds(root: &Value, schema: &Value, keys: &[Key], at: &str) {
        let schema = inner(root, schema);
        let properties = schema["properties"].as_object().into_iter().flatten();
        // The version of a form rises by itself.
        for (name, property) in properties.filter(|(name, _)| *name != "version") {
            let dotted = format!("{name}.");
            let asked: Vec<&Key> = keys
                .iter()
                .filter(|k| k.name == name || k.name.starts_with(&dotted))
                .collect();
            assert!(!asked.is_empty(), "{at}: give {name} a line in edit/shape.rs");
            for key in &asked {
                let property = match key.name.strip_prefix(&dotted) {
                    Some(rest) => {
                        let property = &inner(root, property)["properties"][rest];
                        assert!(!property.is_null(), "{at}: there is no {}", key.name);
                        property
                    }
                    None => property,
                };
                if let Ask::Entries(keys) = key.ask {
                    holds(root, &property["items"], keys, &format!("{at}/{}", key.name));
                }
            }
            for rest in inner(root, property)["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(k, _)| k)
            {
                let whole = keys.iter().any(|k| k.name == name || k.name == format!("{dotted}{rest}"));
                assert!(whole, "{at}: give {dotted}{rest} a line in edit/shape.rs");
            }
        }
        for key in keys {
            let first = key.name.split('.').next().unwrap_or_default();
            assert!(!schema["properties"][first].is_null(), "{at}: there is no {}", key.name);
        }
    }

    #[test]
    fn every_key_of_every_file_is_asked_and_none_that_is_not_there() {
        for path in [
            "procedures/1/sheet.toml",
            "procedures/1/form.toml",
            "procedures/1/process.toml",
            "steps/a.toml",
            "agencies.toml",
            "calendars/office-hours.toml",
            "life_events.toml",
        ] {
            let schema = Kind::of(path).unwrap().schema();
            holds(&schema, &schema, of(path).unwrap(), path);
        }
    }

    #[test]
    fn every_kind_of_field_has_its_row_with_its_options() {
        let schema = Kind::Form.schema();
        let kinds = schema["definitions"]["FieldKind"]["oneOf"].as_array().unwrap();
        for kind in kinds {
            let plain = kind["enum"].as_array().into_iter().flatten().chain(kind.get("const"));
            for name in plain.map(|n| n.as_str().unwrap()) {
                assert!(KINDS.iter().any(|v| v.name == name), "{name}: give it a row in edit/shape.rs");
            }
            for (name, options) in kind["properties"].as_object().into_iter().flatten() {
                let row = KINDS.iter().find(|v| v.name == name);
                let row = row.unwrap_or_else(|| panic!("{name}: give it a row in edit/shape.rs"));
                for option in options["properties"].as_object().into_iter().flatten().map(|(k, _)| k) {
                    assert!(row.options.iter().any(|k| k.name == option), "{name}: ask for {option}");
                }
            }
        }
    }
}
