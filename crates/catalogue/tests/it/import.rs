//! A ZIP of somebody else's: paths may not lead out, and what it says of its size is not believed.

use motcua_catalogue::{Files, Mistake};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refused(bytes: &[u8]) -> Vec<Mistake> {
    let Err(mistakes) = Files::from_zip(bytes) else {
        panic!("it must be refused")
    };
    assert!(mistakes.iter().all(|m| !m.remedy.is_empty()), "{mistakes:?}");
    mistakes
}

#[test]
fn paths_that_lead_out_are_refused_and_nothing_of_the_rest_is_taken() {
    for path in [
        "../agencies.toml",
        "procedures/../../etc/passwd.toml",
        "/etc/agencies.toml",
        "C:\\windows\\a.toml",
        "..\\a.toml",
        "procedures/./a.toml",
        ".ssh/a.toml",
        "procedures//a.toml",
        "a\u{0}.toml",
        "thủ-tục.toml",
        "a.sh",
    ] {
        let mistakes = refused(&zip(&[("agencies.toml", b""), (path, b"a = 1\n")]));
        assert!(mistakes.iter().any(|m| m.what.contains("tên tệp")), "{path}: {mistakes:?}");
        assert!(mistakes.iter().all(|m| !m.file.contains('\u{0}')), "{path}: {mistakes:?}");
    }
    let long = format!("{}.toml", "a".repeat(5_000));
    let mistakes = refused(&zip(&[(&long, b"")]));
    assert!(mistakes[0].file.chars().count() <= 120, "what is shown of a path is short");
}

#[test]
fn a_bomb_ends_where_it_is_too_large() {
    // 3 MB of the same letter are 3 KB in a ZIP.
    let large = vec![b'#'; 3 * 1024 * 1024];
    let mistakes = refused(&zip(&[("agencies.toml", &large)]));
    assert!(mistakes[0].what.contains("lớn hơn"), "{mistakes:?}");
    // Many that are each just small enough.
    let (names, part): (Vec<String>, Vec<u8>) = ((0..80).map(|i| format!("a{i}.md")).collect(), vec![b'#'; 2 * 1024 * 1024 - 1]);
    let bomb = zip(&names.iter().map(|n| (n.as_str(), &part[..])).collect::<Vec<_>>());
    assert!(bomb.len() < 1024 * 1024, "it is small to send: {}", bomb.len());
    let mistakes = refused(&bomb);
    assert!(mistakes[0].what.contains("quá lớn"), "{mistakes:?}");
}

#[test]
fn a_size_that_lies_is_not_believed() {
    let mut bytes = zip(&[("agencies.toml", &vec![b'#'; 3 * 1024 * 1024])]);
    // The size in the directory at the end and in the file's own head: said to be one byte.
    let size = (3_u32 * 1024 * 1024).to_le_bytes();
    let places: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, w)| **w == size)
        .map(|(i, _)| i)
        .collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place..place + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    refused(&bytes);
}

#[test]
fn what_is_damaged_or_empty_or_no_text_is_refused_with_its_remedy() {
    let whole = Files::embedded().to_zip().unwrap();
    refused(&whole[..whole.len() / 2]);
    refused(b"");
    refused(b"PK\x03\x04");
    refused(&zip(&[]));
    let mistakes = refused(&zip(&[("agencies.toml", b"# \xff\xfe\n")]));
    assert!(mistakes[0].what.contains("UTF-8"), "{mistakes:?}");
    let mut broken = whole.clone();
    let middle = broken.len() / 3;
    broken[middle..middle + 64].fill(0);
    assert!(Files::from_zip(&broken).is_err(), "a damaged file is not taken");
}

#[test]
fn the_content_comes_back_as_it_went_also_under_its_own_folder() {
    let files = Files::embedded();
    assert_eq!(Files::from_zip(&files.to_zip().unwrap()).unwrap(), files);
    let within: Vec<(String, &[u8])> = files
        .paths()
        .map(|p| (format!("catalogue/{p}"), files.get(p).unwrap().as_bytes()))
        .collect();
    let within: Vec<(&str, &[u8])> = within.iter().map(|(p, t)| (p.as_str(), *t)).collect();
    assert_eq!(Files::from_zip(&zip(&within)).unwrap(), files);
}
