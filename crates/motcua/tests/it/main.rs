//! The house: no arrow between crates points up.

mod catalogue;
mod payment;

use std::collections::BTreeMap;
use std::process::Command;

/// Floor of each crate; a crate may use only crates of a lower floor.
const FLOORS: [(&str, u8); 10] = [
    ("motcua-model", 0),
    ("motcua-words", 1),
    ("motcua-catalogue", 1),
    ("motcua-store", 1),
    ("motcua-papers", 1),
    ("motcua-gateways", 1),
    ("motcua-sandbox", 1),
    ("motcua-office", 2),
    ("motcua-web", 3),
    ("motcua", 4),
];

/// What the model must never need.
const NO_IO: [&str; 8] = ["tokio", "sqlx", "axum", "askama", "typst", "lettre", "rand", "ureq"];

#[test]
fn arrows_between_crates_point_down_only() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let floors: BTreeMap<_, _> = FLOORS.into_iter().collect();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let floor = floors.get(name).unwrap_or_else(|| panic!("{name} has no floor: give it one"));
        // Tests may look up: the sandbox is tried against the gateway it stands in for.
        let used = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|d| d["kind"].is_null());
        for dependency in used.map(|d| d["name"].as_str().unwrap()) {
            if let Some(below) = floors.get(dependency) {
                assert!(below < floor, "{name} uses {dependency}, which is not below it");
            }
            assert!(
                name != "motcua-model" || !NO_IO.contains(&dependency),
                "the model must not use {dependency}"
            );
            assert!(
                name == "motcua-store" || dependency != "sqlx",
                "SQL lives in the store, not in {name}"
            );
            assert!(
                name == "motcua-papers" || !dependency.starts_with("typst"),
                "typst lives in papers, not in {name}"
            );
        }
    }
}

#[test]
fn the_table_of_services_in_the_documents_is_the_catalogues() {
    let output = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .args(["catalogue", "table"])
        .output()
        .unwrap();
    let written = include_str!("../../../../docs/catalogue.md");
    assert!(
        String::from_utf8_lossy(&output.stdout) == written,
        "docs/catalogue.md is old: motcua catalogue table > docs/catalogue.md"
    );
}
