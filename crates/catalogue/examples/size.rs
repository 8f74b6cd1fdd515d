//! How the content behaves as it is, and at the size of the national catalogue: prints the time to read it, the memory of
//! the process, and the time to search, each beside the limit that it is held to; ends with an error where one is passed.
//!
//! `cargo run --release -p motcua-catalogue --example size`; a number after `--` is another size than 7000.

use motcua_catalogue::{Catalogue, Files};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What people ask, one a line: the question and the services that are right.
const PEOPLE: &str = include_str!("../tests/it/people.tsv");
/// Services of the national catalogue, about.
const NATIONAL: usize = 7_000;
/// Limits: reading in ms, memory in MB, search in ms.
const READ: f64 = 2_000.0;
const MEMORY: f64 = 200.0;
const SEARCH: f64 = 5.0;
const SEARCH_NATIONAL: f64 = 10.0;
/// How often every question is asked.
const ROUNDS: usize = 5;

/// Words put behind a name, so that copies do not all read alike.
const BEHIND: [&str; 12] = [
    "lần đầu",
    "cấp lại",
    "gia hạn",
    "thay đổi",
    "chấm dứt",
    "có yếu tố nước ngoài",
    "lưu động",
    "trực tuyến",
    "bổ sung",
    "tạm ngừng",
    "khôi phục",
    "chuyển nhượng",
];

/// The files of each service modelled whole, by its code.
fn folders(files: &Files) -> Vec<(&str, Vec<&str>)> {
    let mut folders: Vec<(&str, Vec<&str>)> = Vec::new();
    for path in files.paths() {
        let Some(code) = path.strip_prefix("procedures/").and_then(|p| p.split('/').next()) else {
            continue;
        };
        match folders.last_mut() {
            Some((last, files)) if *last == code => files.push(path),
            _ => folders.push((code, vec![path])),
        }
    }
    folders
}

/// The content with every service, whole ones with their folders, copied until there are `count`.
fn grown(base: &Files, count: usize) -> Files {
    let whole = folders(base);
    let table = base.get("sheets.tsv").unwrap_or("");
    let rows: Vec<&str> = table
        .lines()
        .filter(|l| !l.starts_with('#') && l.contains('\t'))
        .skip(1)
        .collect();
    let (mut text, mut changes, mut n) = (table.to_owned(), Vec::new(), whole.len() + rows.len());
    'grow: for round in 1.. {
        for (i, row) in rows.iter().enumerate() {
            if n >= count {
                break 'grow;
            }
            let cells: Vec<&str> = row.split('\t').collect();
            let name = format!("{} {} {round}", cells[1], BEHIND[(i + round) % BEHIND.len()]);
            text.push_str(&format!("8.{round:02}{i:04}\t{name}\t{}\n", cells[2..].join("\t")));
            n += 1;
        }
        for (i, (code, files)) in whole.iter().enumerate() {
            if n >= count {
                break 'grow;
            }
            let new = format!("9.{round:02}{i:04}");
            for path in files {
                // A copy is another service: it was never known by the codes that the first one had.
                let own = |line: &&str| !line.starts_with("was =") || !path.ends_with("sheet.toml");
                let body: Vec<&str> = base.get(path).unwrap_or("").lines().filter(own).collect();
                let body = body.join("\n").replace(code, &new);
                changes.push((path.replace(code, &new), Some(Arc::from(body))));
            }
            n += 1;
        }
    }
    changes.push(("sheets.tsv".to_owned(), Some(Arc::from(text))));
    base.with(changes)
}

/// Largest memory of this process so far, in MB; none where the system does not tell.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = peak.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1024.0)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Prints a figure beside its limit; whether it is kept.
fn kept(what: &str, figure: f64, unit: &str, limit: f64) -> bool {
    let sign = if figure <= limit { "≤" } else { "> LIMIT" };
    println!("  {what:<24} {figure:>9.2} {unit} {sign} {limit} {unit}");
    figure <= limit
}

/// Reads and searches; whether every limit is kept.
fn measure(files: &Files, search: f64) -> bool {
    let begun = Instant::now();
    let catalogue = match Catalogue::from_files(files) {
        Ok(catalogue) => catalogue,
        Err(mistakes) => {
            mistakes.iter().take(10).for_each(|m| eprintln!("{m}"));
            return false;
        }
    };
    let read = milliseconds(begun.elapsed());
    let whole = catalogue.services().iter().filter(|s| s.whole).count();
    println!("{} services, {whole} whole", catalogue.services().len());
    let long = "giấy khai sinh ".repeat(1_000);
    let asked = files.get("asked.tsv").unwrap_or("").lines();
    let mut questions: Vec<&str> = asked.filter_map(|l| Some(l.split_once('\t')?.1)).collect();
    questions.extend(PEOPLE.lines().filter_map(|l| Some(l.split_once('\t')?.0)));
    questions.extend([&*long, "%%__''\"\"--\u{0}\u{7}", "xzqwv kjhgf poiuyt"]);
    let mut times: Vec<f64> = Vec::new();
    for question in questions.iter().cycle().take(questions.len() * ROUNDS) {
        let begun = Instant::now();
        std::hint::black_box(catalogue.search(question));
        times.push(milliseconds(begun.elapsed()));
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() - 1) as f64 * share) as usize).copied().unwrap_or(0.0);
    println!("  {:<24} {:>9.2} ms", format!("{} searches: p50", times.len()), at(0.5));
    let figures = [
        kept("read", read, "ms", READ),
        kept("search p99", at(0.99), "ms", search),
        memory().is_none_or(|m| kept("memory of the process", m, "MB", MEMORY)),
    ];
    figures.into_iter().all(|kept| kept)
}

fn main() -> ExitCode {
    let national = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(NATIONAL);
    let base = Files::embedded();
    let (now, then) = (measure(&base, SEARCH), measure(&grown(&base, national), SEARCH_NATIONAL));
    if now && then { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
