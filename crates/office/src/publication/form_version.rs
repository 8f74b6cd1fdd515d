//! The versions of a changed form: the new one gets the next number, and the one that it replaces is kept beside it, so
//! that drafts and dossiers begun with it are read with it.

use super::ChangedFile;
use motcua_catalogue::{Files, edit};
use std::collections::BTreeMap;

/// A changed form with its version raised above the one that it replaces.
pub(super) fn raised(mut file: ChangedFile) -> ChangedFile {
    if file.path.ends_with("/form.toml")
        && let (Some(base), Some(body)) = (&file.base, &file.body)
        && let Some(raised) = edit::raise_version(base, body)
    {
        file.body = Some(raised);
    }
    file
}

/// The version that a changed form replaces, kept beside it. None where the version does not rise, or the old one is
/// kept already.
fn kept(planned: &Files, file: &ChangedFile) -> Option<ChangedFile> {
    let folder = file.path.strip_suffix("/form.toml")?;
    let (base, body) = (file.base.as_ref()?, file.body.as_ref()?);
    let old = edit::version(base)?;
    let path = format!("{folder}/versions/{old}.form.toml");
    (edit::version(body)? > old && planned.get(&path).is_none()).then(|| ChangedFile {
        path,
        body: Some(base.clone()),
        base: None,
    })
}

/// A file as it is saved in a draft, and the files of the draft that go with it: what is put, and what is dropped. A
/// version that was kept for an earlier state of the form and is not needed any more goes; `file` itself goes where it
/// is as it was.
pub(super) fn saved(planned: &Files, draft: &[ChangedFile], file: ChangedFile) -> (Vec<ChangedFile>, Vec<String>) {
    let file = raised(file);
    let keep = kept(planned, &file);
    let mut drop: Vec<String> = versions_beside(draft, &file.path)
        .filter(|path| keep.as_ref().is_none_or(|k| k.path != *path))
        .map(str::to_owned)
        .collect();
    if file.body == file.base {
        drop.push(file.path);
        return (Vec::new(), drop);
    }
    (keep.into_iter().chain([file]).collect(), drop)
}

/// The files that leave a draft with `path`.
pub(super) fn dropped(draft: &[ChangedFile], path: &str) -> Vec<String> {
    versions_beside(draft, path)
        .map(str::to_owned)
        .chain([path.to_owned()])
        .collect()
}

/// Versions that a draft keeps for a form: those that it adds, not those that somebody changed by hand.
fn versions_beside<'a>(draft: &'a [ChangedFile], form: &str) -> impl Iterator<Item = &'a str> {
    let folder = form.strip_suffix("form.toml").map(|folder| format!("{folder}versions/"));
    let is_kept =
        move |f: &&ChangedFile| f.base.is_none() && folder.as_ref().is_some_and(|folder| f.path.starts_with(folder.as_str()));
    draft.iter().filter(is_kept).map(|f| f.path.as_str())
}

/// Changed files with every version that they replace, each path once: what was in force is what is kept, whatever an
/// import brings under its name.
pub(super) fn with_versions(planned: &Files, files: Vec<ChangedFile>) -> Vec<ChangedFile> {
    let files: Vec<_> = files.into_iter().map(raised).collect();
    let keep: Vec<_> = files.iter().filter_map(|f| kept(planned, f)).collect();
    let by_path: BTreeMap<_, _> = files.into_iter().chain(keep).map(|f| (f.path.clone(), f)).collect();
    by_path.into_values().collect()
}
