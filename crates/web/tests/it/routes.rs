//! The routes of the router, read from the source: a new one is known to every test over routes without being listed.

use std::path::Path;

/// One route: method and path as it is declared.
pub type Route = (&'static str, String);

/// Every route.
pub fn declared() -> Vec<Route> {
    let mut found = Vec::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    found
}

fn collect(folder: &Path, found: &mut Vec<Route>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|x| x == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for declared in text.split(".route(").skip(1) {
                let declared = declared.trim_start();
                let Some(route) = declared.strip_prefix('"').and_then(|d| d.split('"').next()) else {
                    continue;
                };
                let end = declared
                    .find("\n        .")
                    .or_else(|| declared.find("\n}"))
                    .unwrap_or(declared.len());
                let handlers = &declared[..end];
                for (method, word) in [("GET", "get("), ("POST", "post("), ("PUT", "put("), ("DELETE", "delete(")] {
                    if handlers.contains(word) {
                        found.push((method, route.to_owned()));
                    }
                }
            }
        }
    }
}
