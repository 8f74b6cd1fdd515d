//! `motcua catalogue` as a clerk runs it.

use std::path::Path;
use std::process::{Command, Output};

#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
fn catalogue(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("catalogue")
        .args(args)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_schema_of_each_kind_is_printed_and_an_unknown_kind_is_told_the_known_ones() {
    let form = catalogue(&["schema", "form"]);
    let kept = include_str!("../../../../docs/schema/form.json");
    assert!(String::from_utf8_lossy(&form.stdout) == kept);
    let all: serde_json::Value = serde_json::from_slice(&catalogue(&["schema"]).stdout).unwrap();
    assert!(all["sheet"]["properties"]["code"].is_object() && all["life-events"].is_object());
    let unknown = catalogue(&["schema", "tờ khai"]);
    assert!(!unknown.status.success());
    assert!(said(&unknown).contains("office-hours"), "{}", said(&unknown));
}

#[test]
fn what_is_exported_is_checked_changed_and_named_when_broken() {
    let folder = std::env::temp_dir().join(format!("motcua-catalogue-{}", std::process::id()));
    let (content, zip) = (folder.join("content"), folder.join("content.zip"));
    std::fs::create_dir_all(&folder).unwrap();
    let text = |path: &Path| path.to_string_lossy().into_owned();
    for to in [&content, &zip] {
        let written = catalogue(&["export", &text(to)]);
        assert!(written.status.success(), "{}", said(&written));
        let right = catalogue(&["check", &text(to)]);
        assert!(
            right.status.success() && said(&right).contains("no mistake"),
            "{}",
            said(&right)
        );
    }
    assert!(content.join(".taplo.toml").exists() && content.join(".schema/form.json").exists());
    assert!(
        !catalogue(&["export", &text(&content)]).status.success(),
        "a folder that holds something is left alone"
    );
    let form = content.join("procedures/1.004873/form.toml");
    let broken = std::fs::read_to_string(&form)
        .unwrap()
        .replacen("kind = \"person_name\"", "kind = \"ten\"", 1);
    std::fs::write(&form, broken).unwrap();
    let wrong = catalogue(&["check", &text(&content)]);
    assert!(!wrong.status.success());
    let said = said(&wrong);
    assert!(
        said.contains("procedures/1.004873/form.toml:") && said.contains("person_name"),
        "{said}"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_result_paper_that_cannot_be_made_is_named_with_its_line() {
    let folder = std::env::temp_dir().join(format!("motcua-result-{}", std::process::id()));
    let path = folder.to_string_lossy().into_owned();
    let written = catalogue(&["export", &path]);
    assert!(written.status.success(), "{}", said(&written));
    let mut named = Vec::new();
    // A field that the data has not, and a mark that is not closed.
    for (code, to) in [("1.004873", "#data.noi_dung"), ("1.000894", "*#data.text")] {
        let file = folder.join(format!("procedures/{code}/result.typ"));
        let right = std::fs::read_to_string(&file).unwrap();
        let line = right.lines().position(|l| l == "#data.text").unwrap() + 1;
        std::fs::write(&file, right.replacen("#data.text", to, 1)).unwrap();
        named.push(format!("procedures/{code}/result.typ:{line}: typst: "));
    }
    let wrong = catalogue(&["check", &path]);
    assert!(!wrong.status.success());
    let said = said(&wrong);
    for place in named {
        assert!(said.contains(&place), "{place} is not in {said}");
    }
    assert!(said.contains("noi_dung") && said.contains("dùng được data.person"), "{said}");
    std::fs::remove_dir_all(&folder).unwrap();
}
