//! The files of the content: compiled in, from a folder, from a ZIP; and with changes laid over them.

use crate::archive;
use crate::check::Mistake;
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalogue");

/// Largest file in bytes: a form of 200 fields has 60 KB.
pub const FILE_MAX: usize = 2 * 1024 * 1024;
/// Most files: 7,000 services modelled whole.
pub(crate) const FILES_MAX: usize = 40_000;
/// Longest path in characters.
const PATH_MAX: usize = 120;

/// A changed file: its path, and its new text or none where it goes.
pub type Change = (String, Option<Arc<str>>);

/// Text files by their path with `/`. A clone shares the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub(crate) BTreeMap<String, Arc<str>>);

impl Files {
    /// The files that are compiled in.
    #[must_use]
    pub fn embedded() -> Self {
        fn add(dir: &Dir<'static>, files: &mut Files) {
            for file in dir.files() {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    files.0.insert(path.to_owned(), text.into());
                }
            }
            dir.dirs().for_each(|d| add(d, files));
        }
        let mut files = Self::default();
        add(&EMBEDDED, &mut files);
        files
    }

    /// The files of a folder or of a ZIP.
    ///
    /// # Errors
    /// What cannot be read, each with its remedy.
    pub fn read(path: &Path) -> Result<Self, Vec<Mistake>> {
        let unread = |e: std::io::Error| {
            vec![Mistake::new(
                &path.display().to_string(),
                0,
                "",
                &format!("không đọc được: {e}"),
                "ghi đúng đường dẫn của thư mục hoặc tệp ZIP",
            )]
        };
        if path.is_file() {
            return archive::read(&std::fs::read(path).map_err(unread)?);
        }
        let (mut files, mut mistakes) = (Self::default(), Vec::new());
        files.add_folder(path, path, &mut mistakes).map_err(unread)?;
        if mistakes.is_empty() { Ok(files) } else { Err(mistakes) }
    }

    fn add_folder(&mut self, root: &Path, folder: &Path, mistakes: &mut Vec<Mistake>) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                self.add_folder(root, &path, mistakes)?;
            } else if path.metadata()?.len() > FILE_MAX as u64 {
                mistakes.push(too_large(&name));
            } else {
                self.add(&name, std::fs::read(&path)?, mistakes);
            }
        }
        Ok(())
    }

    /// Adds a file whose bytes must be text.
    pub(crate) fn add(&mut self, name: &str, bytes: Vec<u8>, mistakes: &mut Vec<Mistake>) {
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map_or(text.as_str().into(), Arc::from);
                self.0.insert(name.to_owned(), text);
            }
            Err(e) => {
                let good = e.utf8_error().valid_up_to();
                let line = e.as_bytes()[..good].iter().filter(|b| **b == b'\n').count() + 1;
                mistakes.push(Mistake::new(
                    name,
                    line,
                    "",
                    "tệp không phải chữ viết theo UTF-8",
                    "lưu lại tệp với bảng mã UTF-8",
                ));
            }
        }
    }

    /// A ZIP of them, always the same bytes for the same files.
    ///
    /// # Errors
    /// When the ZIP cannot be written, which memory never refuses.
    pub fn to_zip(&self) -> std::io::Result<Vec<u8>> {
        archive::write(self)
    }

    /// The files of a ZIP.
    ///
    /// # Errors
    /// What cannot be taken: no ZIP, a path that leads out of it, too much in it, no text.
    pub fn from_zip(bytes: &[u8]) -> Result<Self, Vec<Mistake>> {
        archive::read(bytes)
    }

    /// Writes them into a folder that holds nothing yet.
    ///
    /// # Errors
    /// When the folder holds something, or cannot be written.
    pub fn write(&self, root: &Path) -> std::io::Result<()> {
        if root.exists() && root.read_dir()?.next().is_some() {
            return Err(std::io::Error::from(std::io::ErrorKind::DirectoryNotEmpty));
        }
        for (name, text) in &self.0 {
            let path = root.join(name);
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(path, text.as_bytes())?;
        }
        Ok(())
    }

    /// These files with changes laid over them.
    #[must_use]
    pub fn with(&self, changes: impl IntoIterator<Item = Change>) -> Self {
        let mut files = self.clone();
        for (path, text) in changes {
            match text {
                Some(text) => files.0.insert(path, text),
                None => files.0.remove(&path),
            };
        }
        files
    }

    /// What must be changed in these files to get `other`.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<Change> {
        let new = other
            .0
            .iter()
            .filter(|(path, text)| self.0.get(*path) != Some(*text))
            .map(|(path, text)| (path.clone(), Some(text.clone())));
        let gone = self.0.keys().filter(|path| !other.0.contains_key(*path));
        new.chain(gone.map(|path| (path.clone(), None))).collect()
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(|text| &**text)
    }

    /// The text of a file, shared.
    #[must_use]
    pub fn shared(&self, path: &str) -> Option<Arc<str>> {
        self.0.get(path).cloned()
    }

    /// Every path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
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

pub(crate) fn too_large(name: &str) -> Mistake {
    let what = format!("tệp lớn hơn {} MB", FILE_MAX / 1024 / 1024);
    Mistake::new(name, 0, "", &what, "chia nhỏ, hoặc bỏ tệp này")
}

/// Whether a path can name a file of the content: parts of letters, digits, dots, dashes and underscores, and an end
/// that says how it is read. What it says is a remedy.
///
/// # Errors
/// What would be right.
pub fn check_path(path: &str) -> Result<(), &'static str> {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
    };
    if path.len() > PATH_MAX || !path.split('/').all(plain) {
        return Err("đường dẫn chỉ gồm chữ không dấu, số, dấu . - _ và không ra ngoài thư mục");
    }
    if ![".toml", ".tsv", ".typ", ".json", ".md"]
        .iter()
        .any(|end| path.ends_with(end))
    {
        return Err("tệp của danh mục có đuôi .toml, .tsv hoặc .typ");
    }
    Ok(())
}

/// A path as it is shown when it cannot be trusted: short, without control characters.
pub(crate) fn shown(path: &str) -> Cow<'_, str> {
    if path.chars().count() <= PATH_MAX && !path.chars().any(char::is_control) {
        Cow::Borrowed(path)
    } else {
        path.chars().filter(|c| !c.is_control()).take(PATH_MAX).collect()
    }
}
