//! Changing the files of the content as a form does: values by the names they have in the file; comments and order stay.

use toml_edit::{DocumentMut, value};

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
