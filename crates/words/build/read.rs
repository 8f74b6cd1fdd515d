//! Finds the message files: the same names in `vi` and in `en`.

use crate::generate::Source;
use std::collections::BTreeSet;
use std::path::Path;

/// Reads every `.ftl` file of both languages. A file that one language lacks counts as empty, so that each of its
/// messages is reported by name.
pub fn folder(messages: &Path) -> Result<Vec<Source>, Vec<String>> {
    let mut topics = BTreeSet::new();
    for lang in ["vi", "en"] {
        let dir = messages.join(lang);
        let entries = std::fs::read_dir(&dir).map_err(|e| vec![format!("{}: {e}", dir.display())])?;
        for entry in entries {
            let path = entry.map_err(|e| vec![format!("{}: {e}", dir.display())])?.path();
            if path.extension().is_some_and(|x| x == "ftl") {
                topics.extend(path.file_stem().and_then(|s| s.to_str()).map(str::to_owned));
            }
        }
    }
    let text =
        |lang: &str, topic: &str| std::fs::read_to_string(messages.join(lang).join(format!("{topic}.ftl"))).unwrap_or_default();
    Ok(topics
        .into_iter()
        .map(|topic| Source {
            vi: text("vi", &topic),
            en: text("en", &topic),
            topic,
        })
        .collect())
}
