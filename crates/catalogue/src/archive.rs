//! The content as one ZIP, to carry it from one installation to another. A ZIP is somebody else's: its paths may not
//! lead out, and what it says about its size is not believed.

use crate::check::Mistake;
use crate::files::{FILE_MAX, FILES_MAX, Files, check_path, shown, too_large};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Most bytes in all once unpacked.
const TOTAL_MAX: usize = 128 * 1024 * 1024;

fn whole(what: &str, remedy: &str) -> Vec<Mistake> {
    vec![Mistake::new("zip", 0, "", what, remedy)]
}

/// Reads a ZIP whole; one wrong file refuses all.
pub(crate) fn read(bytes: &[u8]) -> Result<Files, Vec<Mistake>> {
    let not_zip = |_| {
        whole(
            "không phải tệp ZIP, hoặc tệp ZIP hỏng",
            "xuất lại danh mục, hoặc nén lại thư mục",
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(not_zip)?;
    if archive.len() > FILES_MAX {
        return Err(whole("quá nhiều tệp", "chỉ nén thư mục danh mục"));
    }
    let (mut files, mut mistakes, mut total) = (Files::default(), Vec::new(), 0);
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).map_err(not_zip)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(not_zip)?.replace('\\', "/");
        // A folder that was zipped with its own name holds the same files.
        let name = name.strip_prefix("catalogue/").unwrap_or(&name).to_owned();
        if let Err(remedy) = check_path(&name) {
            mistakes.push(Mistake::new(&shown(&name), 0, "", "tên tệp không dùng được", remedy));
            continue;
        }
        let mut content = Vec::new();
        // One byte more than may be there: a size in the directory can lie.
        let limit = FILE_MAX as u64 + 1;
        if file.by_ref().take(limit).read_to_end(&mut content).is_err() {
            mistakes.push(Mistake::new(&name, 0, "", "tệp trong ZIP bị hỏng", "nén lại"));
            continue;
        }
        total += content.len();
        if total > TOTAL_MAX {
            return Err(whole(
                "giải nén ra quá lớn",
                "chỉ nén thư mục danh mục, cả thảy không quá 128 MB",
            ));
        }
        if content.len() > FILE_MAX {
            mistakes.push(too_large(&name));
        } else {
            files.add(&name, content, &mut mistakes);
        }
    }
    if files.0.is_empty() && mistakes.is_empty() {
        return Err(whole(
            "ZIP không có tệp nào của danh mục",
            "nén các tệp trong thư mục danh mục",
        ));
    }
    if mistakes.is_empty() { Ok(files) } else { Err(mistakes) }
}

/// Writes a ZIP: the same files make the same bytes.
pub(crate) fn write(files: &Files) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in &files.0 {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
