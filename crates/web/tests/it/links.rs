//! Every link and every form of a template leads to a route that is declared, by the method it uses: a page that is
//! renamed or taken away cannot leave a dead link behind.

use crate::routes::declared;
use std::path::Path;

/// An attribute of a template that names an address of ours, with the method that a browser asks it by.
struct Link {
    template: String,
    method: &'static str,
    address: String,
}

fn links(folder: &Path, found: &mut Vec<Link>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            links(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for tag in text.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap();
            let post = tag.contains("method=\"post\"") || tag.starts_with("button");
            for attribute in [" href=\"/", " action=\"/", " formaction=\"/"] {
                for rest in tag.split(attribute).skip(1) {
                    found.push(Link {
                        template: path.file_name().unwrap().to_string_lossy().into_owned(),
                        method: if post && attribute != " href=\"/" { "POST" } else { "GET" },
                        address: format!("/{}", address(rest)),
                    });
                }
            }
        }
    }
}

/// The address up to the end of its attribute, a value that the template puts in written as `*`.
fn address(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '"' {
            break;
        }
        let skipped = [("{{", "}}"), ("{%", "%}")].into_iter().find_map(|(open, close)| {
            rest.starts_with(open)
                .then(|| (open, rest.find(close).map_or(rest.len(), |i| i + 2)))
        });
        match skipped {
            Some((open, end)) => {
                if open == "{{" {
                    out.push('*');
                }
                rest = &rest[end..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out.split(['?', '#']).next().unwrap().to_owned()
}

/// Whether a declared path can be this address: a part in braces takes anything.
fn fits(route: &str, address: &str) -> bool {
    let (route, address): (Vec<_>, Vec<_>) = (route.split('/').collect(), address.split('/').collect());
    route.len() == address.len()
        && route
            .iter()
            .zip(&address)
            .all(|(r, a)| r.starts_with('{') || a.contains('*') && !a.is_empty() || r == a)
}

#[test]
fn every_link_of_a_template_leads_to_a_declared_route() {
    let routes = declared();
    let mut found = Vec::new();
    links(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")), &mut found);
    assert!(found.len() > 50, "the templates were read: {}", found.len());
    let dead: Vec<_> = found
        .iter()
        .filter(|l| {
            !routes
                .iter()
                .any(|(method, route)| *method == l.method && fits(route, &l.address))
        })
        .map(|l| format!("{}: {} {}", l.template, l.method, l.address))
        .collect();
    assert!(dead.is_empty(), "links that lead nowhere:\n{}", dead.join("\n"));
}

#[test]
fn every_entry_of_a_menu_leads_to_a_declared_route() {
    let text = include_str!("../../src/menu.rs");
    let routes = declared();
    for path in text.split("        (\"").skip(1).map(|t| t.split('"').next().unwrap()) {
        assert!(routes.iter().any(|(m, r)| *m == "GET" && fits(r, path)), "{path}");
    }
}
