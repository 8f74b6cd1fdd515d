//! The files of the content: compiled in, or from a folder.

use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalogue");

/// Text files by their path with `/`.
#[derive(Debug, Default)]
pub(crate) struct Files(pub BTreeMap<String, String>);

impl Files {
    pub(crate) fn embedded() -> Self {
        fn add(dir: &Dir<'static>, files: &mut Files) {
            for file in dir.files() {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    files.0.insert(path.to_owned(), text.to_owned());
                }
            }
            dir.dirs().for_each(|d| add(d, files));
        }
        let mut files = Self::default();
        add(&EMBEDDED, &mut files);
        files
    }

    pub(crate) fn folder(root: &Path) -> std::io::Result<Self> {
        fn add(root: &Path, dir: &Path, files: &mut Files) -> std::io::Result<()> {
            for entry in std::fs::read_dir(dir)? {
                let path = entry?.path();
                if path.is_dir() {
                    add(root, &path, files)?;
                } else if let Ok(text) = std::fs::read_to_string(&path) {
                    let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.0.insert(name, text);
                }
            }
            Ok(())
        }
        let mut files = Self::default();
        add(root, root, &mut files)?;
        Ok(files)
    }

    /// Writes them into a folder that holds nothing yet.
    pub(crate) fn write(&self, root: &Path) -> std::io::Result<()> {
        if root.exists() && root.read_dir()?.next().is_some() {
            return Err(std::io::Error::from(std::io::ErrorKind::DirectoryNotEmpty));
        }
        for (name, text) in &self.0 {
            let path = root.join(name);
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(path, text)?;
        }
        Ok(())
    }

    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// The rows of a table, without its header and remarks: line number and cells.
    pub(crate) fn rows<'a>(&'a self, path: &str) -> Option<impl Iterator<Item = (usize, Vec<&'a str>)>> {
        let text = self.get(path)?;
        Some(
            text.lines()
                .enumerate()
                .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
                .skip(1)
                .map(|(i, line)| (i + 1, line.split('\t').map(str::trim).collect())),
        )
    }
}
