//! Turns `messages/{vi,en}/*.ftl` into one checked Rust method per message, see `README.md`.

#[path = "build/generate.rs"]
mod generate;
#[path = "build/read.rs"]
mod read;

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=messages");
    println!("cargo:rerun-if-changed=build");
    let made = read::folder(Path::new("messages")).and_then(|sources| generate::rust(&sources));
    let out = std::env::var("OUT_DIR").map_err(|e| vec![e.to_string()]);
    let written = made.and_then(|code| {
        let path = Path::new(&out?).join("words.rs");
        std::fs::write(&path, code).map_err(|e| vec![format!("{}: {e}", path.display())])
    });
    if let Err(faults) = written {
        for fault in &faults {
            println!("cargo::error={fault}");
        }
        std::process::exit(1);
    }
}
