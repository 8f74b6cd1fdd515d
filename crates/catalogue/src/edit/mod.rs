//! Changing the files of the content as a form does: values by the names they have in the file; comments and order stay.
//!
//! A file is a tree of entries, each with its inputs and its lists of further entries: [`read`] gives one entry as a
//! form, [`write`] puts back what was typed, [`change`] adds, moves or removes an entry, [`place`] says at which input a
//! mistake of the check belongs. What a file asks is one table, [`shape`]; a `.tsv` is a list of rows.

mod condition;
mod known;
mod list;
mod node;
mod place;
pub mod shape;
mod table;
mod write;

pub use known::{Known, known};
pub use list::Change;
pub use node::{Draw, Entries, Input, Node, Typed};
pub use place::{Place, place};

use toml_edit::{DocumentMut, value};

/// Whether a file is changed by forms; one that is not is changed as a text.
#[must_use]
pub fn has_form(path: &str) -> bool {
    path.ends_with(".tsv") || shape::of(path).is_some()
}

/// The entry `at` (`step:0/field:2`, empty for the file itself) as a form; none where there is no such entry, or the
/// text is broken.
#[must_use]
pub fn read(path: &str, text: &str, at: &str) -> Option<Node> {
    match shape::of(path) {
        Some(keys) => node::read(text, keys, at),
        None if has_form(path) => table::read(path, text, at),
        None => None,
    }
}

/// The text with what was typed into the entry `at`; only what differs from what stands there is written.
#[must_use]
pub fn write(path: &str, text: &str, at: &str, typed: &Typed) -> Option<String> {
    match shape::of(path) {
        Some(keys) => write::write(text, keys, at, typed),
        None => table::write(path, text, at, typed),
    }
}

/// The text with a list of the entry `at` changed.
#[must_use]
pub fn change(path: &str, text: &str, at: &str, list: &str, what: Change) -> Option<String> {
    match shape::of(path) {
        Some(keys) => list::change(text, keys, at, list, what),
        None => table::change(path, text, at, what),
    }
}

/// The text of a sheet that closes its service to new requests, or opens it again; none where it cannot be read.
#[must_use]
pub fn close(sheet: &str, closed: Option<&motcua_model::procedure::Closed>) -> Option<String> {
    let mut doc: DocumentMut = sheet.parse().ok()?;
    doc.remove("closed");
    if let Some(closed) = closed {
        let mut table = toml_edit::InlineTable::new();
        let days = [("from", Some(closed.from)), ("until", closed.until)];
        for (key, day) in days.into_iter().filter_map(|(key, day)| Some((key, day?))) {
            table.insert(key, day.to_string().into());
        }
        let words = [("vi", &closed.reason.vi), ("en", &closed.reason.en)];
        let words = words.into_iter().filter(|(_, text)| !text.is_empty());
        let reason: toml_edit::InlineTable = words.map(|(lang, text)| (lang, text.as_str())).collect();
        table.insert("reason", reason.into());
        doc.insert("closed", value(table));
    }
    Some(doc.to_string())
}

/// The text of a form with its version raised, where it differs from the one it replaces by more than remarks and has
/// the same version or an older one; none where nothing has to be done, or one of both cannot be read.
#[must_use]
pub fn raise_version(base: &str, body: &str) -> Option<String> {
    let (old, new) = (base.parse::<toml::Table>().ok()?, body.parse::<toml::Table>().ok()?);
    let version = |t: &toml::Table| t.get("version").and_then(toml::Value::as_integer).unwrap_or(0);
    if old == new || version(&new) > version(&old) {
        return None;
    }
    let mut doc: DocumentMut = body.parse().ok()?;
    doc["version"] = value(version(&old) + 1);
    Some(doc.to_string())
}

/// The version that the text of a form states; none where it cannot be read.
#[must_use]
pub fn version(form: &str) -> Option<i64> {
    form.parse::<toml::Table>().ok()?.get("version")?.as_integer()
}

#[cfg(test)]
mod tests {
    use super::raise_version;

    #[test]
    fn a_form_that_changes_gets_the_next_version_and_keeps_its_remarks() {
        let base = "# Tờ khai\nversion = 3\ntitle = \"a\"\n";
        assert_eq!(raise_version(base, "# Khác\nversion = 3\ntitle = \"a\"\n"), None);
        assert_eq!(raise_version(base, "version = 4\ntitle = \"b\"\n"), None);
        assert_eq!(
            raise_version(base, "# Tờ khai\nversion = 3\ntitle = \"b\"\n").as_deref(),
            Some("# Tờ khai\nversion = 4\ntitle = \"b\"\n")
        );
        assert_eq!(raise_version(base, "version = "), None);
    }
}
