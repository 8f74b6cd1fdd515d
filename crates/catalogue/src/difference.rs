//! What differs between two versions of a file: field by field, in words, and line by line for who reads the file.

use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;
use toml::Value;

/// Lines around a changed one that are shown with it.
const AROUND: usize = 2;
/// Most fields shown; beyond that the file was written anew and lines say more.
const FIELDS: usize = 400;

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where, from the outside in: names of fields, and of entries by their `id` or `code`.
    pub place: Vec<String>,
    /// What stood there; none where there was nothing.
    pub before: Option<String>,
    /// What stands there now; none where it is gone.
    pub after: Option<String>,
}

/// A line of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The same in both.
    Same(String),
    /// Only before.
    Gone(String),
    /// Only now.
    New(String),
    /// Lines that are the same are left out here.
    Gap,
}

type Flat = BTreeMap<Vec<String>, (usize, String)>;

/// The fields that differ, in the order of the new file, then those that are gone.
#[must_use]
pub fn fields(path: &str, before: Option<&str>, after: Option<&str>) -> Vec<Difference> {
    let read = |text: Option<&str>| flat(path, text.unwrap_or(""));
    let (old, new) = (read(before), read(after));
    let mut found: Vec<(usize, Difference)> = new
        .iter()
        .filter(|(place, (_, value))| old.get(*place).is_none_or(|(_, was)| was != value))
        .map(|(place, (at, value))| {
            let difference = Difference {
                place: place.clone(),
                before: old.get(place).map(|(_, was)| was.clone()),
                after: Some(value.clone()),
            };
            (*at, difference)
        })
        .collect();
    found.extend(
        old.iter()
            .filter(|(place, _)| !new.contains_key(*place))
            .map(|(place, (at, was))| {
                let difference = Difference {
                    place: place.clone(),
                    before: Some(was.clone()),
                    after: None,
                };
                (new.len() + at, difference)
            }),
    );
    found.sort_by_key(|(at, _)| *at);
    found.truncate(FIELDS);
    found.into_iter().map(|(_, d)| d).collect()
}

fn flat(path: &str, text: &str) -> Flat {
    let mut flat = Flat::new();
    if path.ends_with(".toml")
        && let Ok(table) = text.parse::<toml::Table>()
    {
        walk(&Value::Table(table), &mut Vec::new(), &mut flat);
        return flat;
    }
    let rows = text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    if path.ends_with(".tsv") {
        for row in rows {
            let (key, rest) = row.split_once('\t').unwrap_or((row, ""));
            // Where a key stands twice, a row is what it says: it is new or gone, never changed.
            let place = match flat.contains_key(&vec![key.to_owned()]) {
                true => vec![key.to_owned(), rest.to_owned()],
                false => vec![key.to_owned()],
            };
            let at = flat.len();
            flat.insert(place, (at, rest.replace('\t', " · ")));
        }
    } else {
        for (at, row) in text.lines().enumerate() {
            flat.insert(vec![row.to_owned()], (at, String::new()));
        }
    }
    flat
}

fn walk(value: &Value, place: &mut Vec<String>, flat: &mut Flat) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                place.push(key.clone());
                walk(value, place, flat);
                place.pop();
            }
        }
        Value::Array(list) if list.iter().any(Value::is_table) => {
            for (i, entry) in list.iter().enumerate() {
                place.push(name_of(entry).unwrap_or_else(|| (i + 1).to_string()));
                walk(entry, place, flat);
                place.pop();
            }
        }
        Value::Array(list) => put(place, list.iter().map(plain).collect::<Vec<_>>().join("; "), flat),
        value => put(place, plain(value), flat),
    }
}

fn put(place: &[String], value: String, flat: &mut Flat) {
    let at = flat.len();
    flat.insert(place.to_vec(), (at, value));
}

/// What an entry is known by.
fn name_of(entry: &Value) -> Option<String> {
    ["id", "code", "value", "service", "field"]
        .iter()
        .find_map(|key| entry.get(key)?.as_str().map(str::to_owned))
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The lines that differ, with a few around them.
#[must_use]
pub fn lines(before: &str, after: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(before, after);
    let mut lines = Vec::new();
    for (i, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if i > 0 {
            lines.push(Line::Gap);
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let text = change.value().trim_end_matches('\n').to_owned();
            lines.push(match change.tag() {
                ChangeTag::Equal => Line::Same(text),
                ChangeTag::Delete => Line::Gone(text),
                ChangeTag::Insert => Line::New(text),
            });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Line, fields, lines};

    #[test]
    fn a_difference_is_said_field_by_field() {
        let old = "# Nhận xét\nname = { vi = \"A\" }\nlevel = 3\n[[step]]\nid = \"mot\"\nhours = 5\n[[step]]\nid = \"hai\"\nhours = 1\n";
        let new = "name = { vi = \"B\" }\nlevel = 3\n[[step]]\nid = \"hai\"\nhours = 1\n[[step]]\nid = \"mot\"\nhours = 6\n";
        let said: Vec<_> = fields("procedures/1/process.toml", Some(old), Some(new))
            .into_iter()
            .map(|d| (d.place.join(" "), d.before.unwrap(), d.after.unwrap()))
            .collect();
        let words = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(said, [words("name vi", "A", "B"), words("step mot hours", "5", "6")]);
    }

    #[test]
    fn a_row_of_a_table_is_new_changed_or_gone() {
        let said = fields(
            "calendars/days-off.tsv",
            Some("2020-01-01\toff\tTết\n"),
            Some("2020-01-02\toff\tTết\n"),
        );
        assert_eq!(
            (said.len(), &said[0].after, &said[1].before),
            (2, &Some("off · Tết".into()), &Some("off · Tết".into()))
        );
    }

    #[test]
    fn lines_far_from_a_change_are_left_out() {
        let old: String = (0..20).map(|i| format!("{i}\n")).collect();
        let said = lines(&old, &old.replace("\n3\n", "\nba\n").replace("\n17\n", "\nmười bảy\n"));
        assert!(said.contains(&Line::Gap) && said.contains(&Line::Gone("3".into())) && said.contains(&Line::New("ba".into())));
        assert!(!said.contains(&Line::Same("10".into())));
        assert_eq!(lines("a\n", "a\n"), []);
    }
}
