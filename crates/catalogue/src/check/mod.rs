//! Mistakes in the content, each with file, line, field and remedy, in Vietnamese: the clerk who edits it reads them.

mod ask;
pub(crate) mod examples;
mod explain;
mod kind;
mod meaning;
mod procedure;
mod process;
mod rule;

pub(crate) use meaning::meanings;
pub(crate) use procedure::procedure;

use crate::files::Files;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// A mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// Which file.
    pub file: String,
    /// Which line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Which field.
    pub field: String,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub remedy: String,
}

impl Mistake {
    pub(crate) fn new(file: &str, line: usize, field: &str, what: &str, remedy: &str) -> Self {
        Self {
            file: file.into(),
            line,
            field: field.into(),
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    pub(crate) fn of_file(file: &str, what: &str) -> Self {
        Self::new(file, 0, "", what, "xem tệp cùng loại của một thủ tục khác")
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}: {} → {}",
            self.file, self.line, self.field, self.what, self.remedy
        )
    }
}

/// Whether a text is an address that a page may link to.
pub(crate) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Reads a TOML file; what does not fit is a mistake with its line.
pub(crate) fn toml<T: DeserializeOwned>(files: &Files, path: &str, mistakes: &mut Vec<Mistake>) -> Option<T> {
    let Some(text) = files.get(path) else {
        mistakes.push(Mistake::of_file(path, "thiếu tệp"));
        return None;
    };
    match ::toml::from_str(text) {
        Ok(value) => Some(value),
        Err(e) => {
            let message = e.message();
            let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or("");
            // A mistake of the whole table points to its start; the key that the message quotes says more.
            let quoted = message.split('"').nth(1).map_or(0, |key| line_of(text, key));
            let line = if before.is_empty() && quoted > 0 {
                quoted
            } else {
                before.matches('\n').count() + 1
            };
            let source = text.lines().nth(line - 1).unwrap_or("");
            let (field, what, remedy) = explain::toml(message, source, text.parse::<::toml::Table>().is_ok());
            mistakes.push(Mistake::new(path, line, &field, &what, &remedy));
            None
        }
    }
}

/// The line of a thing in a file: where `id = "NAME"` stands last (of two alike, the second is one too many), else where
/// the key `NAME` or the table `[[NAME]]` stands first; 0 when nowhere.
pub(crate) fn line_of(text: &str, name: &str) -> usize {
    let id = ["id", "code"].map(|key| format!("{key} = \"{name}\""));
    let last = text
        .lines()
        .enumerate()
        .filter(|(_, l)| id.iter().any(|id| l.contains(id)))
        .last();
    let key = name.rsplit('.').next().unwrap_or(name);
    let is_key = |l: &str| {
        let l = l.trim_start();
        l.trim_matches(['[', ']']) == name || l.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    last.or_else(|| text.lines().enumerate().find(|(_, l)| is_key(l)))
        .map_or(0, |(i, _)| i + 1)
}

/// The line of a key of a thing: in the table in which `id = "NAME"` stands. The thing's own line where it lacks the key.
pub(crate) fn line_of_key(text: &str, name: &str, key: &str) -> usize {
    let own = line_of(text, name);
    let from = text
        .lines()
        .take(own)
        .collect::<Vec<_>>()
        .iter()
        .rposition(|l| l.starts_with('['));
    key_after(text, from.map_or(0, |i| i + 1), key).unwrap_or(own)
}

/// The line of a key in a table of a list, such as the third `[[fee.line]]`; the table's own where it lacks the key.
pub(crate) fn line_in_list(text: &str, list: &str, n: usize, key: &str) -> usize {
    let header = format!("[[{list}]]");
    let mut headers = text.lines().enumerate().filter(|(_, l)| l.trim() == header);
    headers
        .nth(n)
        .map_or(0, |(i, _)| key_after(text, i + 1, key).unwrap_or(i + 1))
}

/// The line of a key in the table whose head is the `head`th line.
fn key_after(text: &str, head: usize, key: &str) -> Option<usize> {
    let mut own = text.lines().enumerate().skip(head).take_while(|(_, l)| !l.starts_with('['));
    own.find(|(_, l)| l.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')))
        .map(|(i, _)| i + 1)
}
