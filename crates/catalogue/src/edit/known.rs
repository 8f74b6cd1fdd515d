//! What may stand in an input that names something of the content: offered while one types.

use crate::files::Files;

/// Names of things, each with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Fields of the form.
    pub fields: Vec<(String, String)>,
    /// Its papers.
    pub papers: Vec<(String, String)>,
    /// Steps of the process.
    pub steps: Vec<(String, String)>,
    /// Agencies.
    pub agencies: Vec<(String, String)>,
}

/// What a file of a service can name: the fields and papers of its form, the steps of its process, the agencies.
#[must_use]
pub fn known(path: &str, content: &Files) -> Known {
    let Some(folder) = path
        .rsplit_once('/')
        .map(|(folder, _)| folder)
        .filter(|f| f.starts_with("procedures/"))
    else {
        return Known::default();
    };
    let form = table(content, &format!("{folder}/form.toml"));
    let mut fields = Vec::new();
    for step in list(&form, "step") {
        let shared = step.get("id").and_then(toml::Value::as_str);
        let shared = shared
            .map(|id| table(content, &format!("steps/{id}.toml")))
            .unwrap_or_default();
        fields.extend(list(step, "field").map(|f| named(f, "id", "label")));
        if !step.contains_key("field") {
            fields.extend(list(&shared, "field").map(|f| named(f, "id", "label")));
        }
    }
    let process = table(content, &format!("{folder}/process.toml"));
    let agencies = table(content, "agencies.toml");
    Known {
        fields,
        papers: list(&form, "paper").map(|p| named(p, "id", "label")).collect(),
        steps: list(&process, "step").map(|s| named(s, "id", "name")).collect(),
        agencies: list(&agencies, "agency").map(|a| named(a, "code", "name")).collect(),
    }
}

fn table(content: &Files, path: &str) -> toml::Table {
    content.get(path).and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn list<'a>(table: &'a toml::Table, name: &str) -> impl Iterator<Item = &'a toml::Table> {
    let list = table.get(name).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(toml::Value::as_table)
}

fn named(table: &toml::Table, id: &str, words: &str) -> (String, String) {
    let text = |v: Option<&toml::Value>| v.and_then(toml::Value::as_str).unwrap_or("").to_owned();
    let words = table.get(words).and_then(|w| w.get("vi"));
    (text(table.get(id)), text(words))
}
