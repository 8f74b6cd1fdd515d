//! Documents that a command writes are what it writes.

use std::path::Path;
use std::process::Command;

#[test]
fn the_table_of_services_is_what_the_catalogue_says() {
    let output = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .args(["catalogue", "table"])
        .output()
        .unwrap();
    let written = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/catalogue.md");
    let now = String::from_utf8(output.stdout).unwrap();
    assert!(
        std::fs::read_to_string(written).unwrap() == now,
        "docs/catalogue.md is old: motcua catalogue table > docs/catalogue.md"
    );
}
