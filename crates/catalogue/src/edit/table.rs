//! A `.tsv` as a list of rows, each a form with one input a column. Remarks and empty lines stay.

use super::list::Change;
use super::node::{Draw, Entries, Input, Node, Typed};

/// Name of the list of rows.
const ROW: &str = "row";
/// Columns that hold one of a few values.
const CHOICES: &[(&str, &str, &[&str])] = &[
    ("calendars/days-off.tsv", "kind", &["off", "work"]),
    ("sheets.tsv", "level_2020", &["tinh", "huyen", "xa"]),
    ("sheets.tsv", "online_level", &["3", "4"]),
    ("sheets.tsv", "days_unit", &["working_day", "day", "same_day"]),
];

/// A table taken apart.
struct Rows<'a> {
    lines: Vec<&'a str>,
    header: Vec<&'a str>,
    /// Places in `lines`.
    rows: Vec<usize>,
}

impl<'a> Rows<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().collect();
        let said = |(i, line): (usize, &&str)| (!line.trim().is_empty() && !line.starts_with('#')).then_some(i);
        let mut rows: Vec<usize> = lines.iter().enumerate().filter_map(said).collect();
        if rows.is_empty() {
            return None;
        }
        let header = lines[rows.remove(0)].split('\t').map(str::trim).collect();
        Some(Self { lines, header, rows })
    }

    fn cells(&self, row: usize) -> Option<Vec<&'a str>> {
        Some(self.lines[*self.rows.get(row)?].split('\t').map(str::trim).collect())
    }

    fn joined(lines: &[impl AsRef<str>]) -> String {
        lines.iter().fold(String::new(), |text, line| text + line.as_ref() + "\n")
    }
}

/// The row that `at` names.
fn row_of(at: &str) -> Option<usize> {
    at.strip_prefix(ROW)?.strip_prefix(':')?.parse().ok()
}

pub(super) fn read(path: &str, text: &str, at: &str) -> Option<Node> {
    let rows = Rows::of(text)?;
    let title = |cells: &[&str]| {
        let said: Vec<&str> = cells.iter().filter(|c| !c.is_empty()).take(3).copied().collect();
        said.join(" · ")
    };
    if at.is_empty() {
        let entries = (0..rows.rows.len()).filter_map(|i| Some(title(&rows.cells(i)?)));
        return Some(Node {
            title: String::new(),
            inputs: Vec::new(),
            lists: vec![Entries {
                name: ROW,
                entries: entries.collect(),
            }],
        });
    }
    let cells = rows.cells(row_of(at)?)?;
    let input = |(i, column): (usize, &&str)| Input {
        name: (*column).to_owned(),
        draw: CHOICES
            .iter()
            .find(|(of, name, _)| *of == path && name == column)
            .map_or(Draw::Line, |(_, _, options)| Draw::OneOf(options.to_vec())),
        value: cells.get(i).copied().unwrap_or("").to_owned(),
    };
    Some(Node {
        title: title(&cells),
        inputs: rows.header.iter().enumerate().map(input).collect(),
        lists: Vec::new(),
    })
}

pub(super) fn write(path: &str, text: &str, at: &str, typed: &Typed) -> Option<String> {
    if at.is_empty() {
        return Some(text.to_owned());
    }
    let node = read(path, text, at)?;
    if node
        .inputs
        .iter()
        .all(|i| typed.get(&i.name).is_none_or(|t| t.trim() == i.value))
    {
        return Some(text.to_owned());
    }
    let rows = Rows::of(text)?;
    let place = *rows.rows.get(row_of(at)?)?;
    let cell = |i: &Input| {
        let typed = typed.get(&i.name).unwrap_or(&i.value);
        // What separates cells and lines cannot stand in a cell.
        typed
            .split(['\t', '\r', '\n'])
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
            .trim()
            .to_owned()
    };
    let line = node.inputs.iter().map(cell).collect::<Vec<_>>().join("\t");
    let mut lines: Vec<&str> = rows.lines.clone();
    lines[place] = &line;
    Some(Rows::joined(&lines))
}

pub(super) fn change(_path: &str, text: &str, at: &str, what: Change) -> Option<String> {
    let rows = Rows::of(text).filter(|_| at.is_empty())?;
    let empty = "\t".repeat(rows.header.len().saturating_sub(1));
    // A row of nothing but separators would be passed over as an empty line: its first cell says that it is new.
    let new = format!("moi{}{empty}", rows.rows.len() + 1);
    let mut lines: Vec<&str> = rows.lines.clone();
    match what {
        Change::Add => lines.push(&new),
        Change::Remove(i) => drop(lines.remove(*rows.rows.get(i)?)),
        Change::Up(i) => lines.swap(*rows.rows.get(i)?, *rows.rows.get(i.checked_sub(1)?)?),
        Change::Down(i) => lines.swap(*rows.rows.get(i)?, *rows.rows.get(i + 1)?),
    }
    Some(Rows::joined(&lines))
}

/// The row of a line, from 1; none for the header, a remark, an empty line.
pub(super) fn row_at(text: &str, line: usize) -> Option<usize> {
    let rows = Rows::of(text)?;
    rows.rows.iter().position(|place| place + 1 == line)
}

/// The name of a row's entry.
pub(super) fn entry(row: usize) -> String {
    format!("{ROW}:{row}")
}
