//! An input of the catalogue's forms: its words, its hint, what is wrong with it.

use motcua_catalogue::Mistake;
use motcua_catalogue::edit::{Draw, Input, Node, Place};
use motcua_words::Words;

/// An input as it is drawn.
pub(super) struct Control {
    pub name: String,
    pub label: String,
    pub hint: &'static str,
    pub draw: Draw,
    pub value: String,
    pub problem: String,
    pub rows: usize,
    /// List of what is known that may stand here; empty where there is none.
    pub list: &'static str,
    /// Whether three of its kind stand side by side.
    pub third: bool,
}

impl Control {
    /// Whether this choice is the one that stands there.
    pub fn is_chosen(&self, option: &str) -> bool {
        self.value == option
    }

    /// What stands there and is no choice of the form: shown, so that saving keeps it.
    pub fn unlisted(&self) -> &str {
        match &self.draw {
            Draw::OneOf(options) if !options.contains(&self.value.as_str()) => &self.value,
            _ => "",
        }
    }

    /// A value that is chosen, in words.
    pub fn said(&self, w: &Words, value: &str) -> String {
        let key = format!("edit-value-{}", value.replace('_', "-"));
        w.by_key(&key).map_or_else(|| value.to_owned(), str::to_owned)
    }

    /// Whether a mistake is told beside it.
    pub fn says(&self, mistake: &Mistake) -> bool {
        !self.problem.is_empty() && self.problem == told(mistake)
    }

    /// What describes it, by identifier.
    pub fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let problem = (!self.problem.is_empty()).then(|| format!("{}-problem", self.name));
        hint.into_iter().chain(problem).collect::<Vec<_>>().join(" ")
    }
}

fn told(m: &Mistake) -> String {
    format!("{} → {}", m.what, m.remedy)
}

/// Words of a key: `fee.note.vi` is looked for whole, then part by part.
pub(super) fn label(w: Words, name: &str) -> String {
    let (name, lang) = match name.strip_suffix(".en") {
        Some(name) => (name, Some(w.edit_english())),
        None => (name.strip_suffix(".vi").unwrap_or(name), None),
    };
    let known = |name: &str| {
        let key = format!("edit-key-{}", name.replace(['_', '.'], "-"));
        w.by_key(&key).map(str::to_owned)
    };
    let parts: Vec<&str> = name.split('.').filter(|p| p.parse::<usize>().is_err()).collect();
    let numbered = name.split('.').find_map(|p| p.parse::<usize>().ok());
    let said = known(&parts.join("."))
        .or_else(|| {
            let said: Vec<String> = parts.iter().filter_map(|p| known(p)).collect();
            (said.len() == parts.len()).then(|| said.join(" · "))
        })
        .unwrap_or_else(|| name.to_owned());
    let said = numbered
        .filter(|n| *n > 0)
        .map_or_else(|| said.clone(), |n| format!("{said} ({})", n + 1));
    lang.map_or_else(|| said.clone(), |lang| format!("{said} ({lang})"))
}

fn hint(w: Words, input: &Input) -> &'static str {
    let key = |name: &str| format!("edit-hint-{}", name.replace(['_', '.'], "-"));
    let last = input.name.rsplit('.').next().unwrap_or("");
    if input.name.ends_with(".vi") || input.name.ends_with(".en") {
        return "";
    }
    w.by_key(&key(&input.name)).or_else(|| w.by_key(&key(last))).unwrap_or("")
}

/// The list of what is known that may stand in an input.
fn list(name: &str) -> &'static str {
    let last = name.rsplit('.').next().unwrap_or("");
    match (name, last) {
        (_, "field") if name != "field" => "known-fields",
        ("field" | "per", _) => "known-fields",
        ("proof", _) => "known-papers",
        ("agency", _) => "known-agencies",
        ("to", _) => "known-steps",
        _ if name.starts_with("applicant.") => "known-fields",
        _ => "",
    }
}

/// The inputs of an entry, each with what the check says of it.
pub(super) fn controls(w: Words, node: &Node, at: &str, here: &[(&Mistake, Place)]) -> Vec<Control> {
    let own: Vec<&(&Mistake, Place)> = here.iter().filter(|(_, place)| place.at == at).collect();
    let mut told_before: Vec<&Mistake> = Vec::new();
    node.inputs
        .iter()
        .map(|input| {
            let is_of = |key: &str| {
                !key.is_empty() && (input.name == key || input.name.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')))
            };
            let of_column = |m: &Mistake| !at.is_empty() && m.field == input.name;
            let found = own
                .iter()
                .find(|(m, place)| (is_of(&place.key) || of_column(m)) && !told_before.contains(m));
            if let Some((m, _)) = found {
                told_before.push(m);
            }
            let parts: Vec<&str> = input.name.split('.').collect();
            Control {
                label: label(w, &input.name),
                hint: hint(w, input),
                problem: found.map_or_else(String::new, |(m, _)| told(m)),
                rows: input.value.lines().count().clamp(3, 16),
                list: list(&input.name),
                third: matches!(parts[..], [_, n, _] if n.parse::<usize>().is_ok()),
                name: input.name.clone(),
                draw: input.draw.clone(),
                value: input.value.clone(),
            }
        })
        .collect()
}
