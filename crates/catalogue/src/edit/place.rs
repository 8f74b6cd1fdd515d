//! From a line of a file to the entry and the input that it belongs to: what the check says of a line is shown there.

use super::table;

/// Where a line belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The entry, as [`super::read`] takes it.
    pub at: String,
    /// The key in it; empty where the line names none.
    pub key: String,
}

/// The place of a line, from 1. A line within a value belongs to the key that the value begins with.
#[must_use]
pub fn place(path: &str, text: &str, line: usize) -> Place {
    if path.ends_with(".tsv") {
        let at = table::row_at(text, line).map_or_else(String::new, table::entry);
        return Place { at, key: String::new() };
    }
    let (mut at, mut counts): (Vec<(String, usize)>, std::collections::BTreeMap<String, usize>) = Default::default();
    let (mut outer, mut key) = (String::new(), String::new());
    for own in text.lines().take(line) {
        let own = own.trim();
        if let Some(name) = own.strip_prefix("[[").and_then(|l| Some(l.split_once("]]")?.0)) {
            let name = name.trim();
            let count = counts.entry(name.to_owned()).or_default();
            let index = *count;
            *count += 1;
            // The lists within the new entry begin again.
            let within = format!("{name}.");
            counts.retain(|list, _| !list.starts_with(&within));
            while at.last().is_some_and(|(list, _)| !name.starts_with(&format!("{list}."))) {
                at.pop();
            }
            at.push((name.to_owned(), index));
            (outer, key) = (String::new(), String::new());
        } else if let Some(name) = own.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            // A table of its own belongs to the file: no entry of ours has one.
            at.clear();
            (outer, key) = (format!("{}.", name.trim()), String::new());
        } else if let Some((name, _)) = own.split_once('=') {
            let name = name.trim();
            if !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
            {
                key = format!("{outer}{name}");
            }
        }
    }
    let mut before = String::new();
    let parts = at.into_iter().map(|(list, index)| {
        let own = list.strip_prefix(&before).unwrap_or(&list).to_owned();
        before = format!("{list}.");
        format!("{own}:{index}")
    });
    Place {
        at: parts.collect::<Vec<_>>().join("/"),
        key,
    }
}
