//! What a reader gets out of a PDF.

use std::io::Write;
use std::process::{Command, Stdio};

/// The text of a PDF on one line; words that break across lines are parted by one space.
pub fn text(pdf: &[u8]) -> String {
    let raw = raw(pdf, &["-layout"]);
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text in reading order, without any white space: for what is broken across the lines of a cell.
pub fn dense(pdf: &[u8]) -> String {
    raw(pdf, &[])
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}')
        .collect()
}

fn raw(pdf: &[u8], options: &[&str]) -> String {
    let mut child = Command::new("pdftotext")
        .args(options)
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils is needed: ./test papers installs it");
    let mut input = child.stdin.take().unwrap();
    let pdf = pdf.to_owned();
    let feed = std::thread::spawn(move || input.write_all(&pdf).unwrap());
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// How many pages a PDF has.
pub fn pages(pdf: &[u8]) -> usize {
    raw(pdf, &[]).matches('\u{c}').count()
}

/// The letters of `text` without white space, to be looked for in [`dense`].
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where the text's words are, as `(page, left, right)` in points, with the width of the page.
pub fn boxes(pdf: &[u8]) -> Vec<(f64, f64, f64)> {
    let html = raw(pdf, &["-bbox"]);
    let number = |line: &str, name: &str| -> f64 {
        let rest = line.split_once(&format!("{name}=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let (mut width, mut found) = (0.0, Vec::new());
    for line in html.lines() {
        if line.contains("<page ") {
            width = number(line, "width");
        } else if line.contains("<word ") {
            found.push((number(line, "xMin"), number(line, "xMax"), width));
        }
    }
    found
}
