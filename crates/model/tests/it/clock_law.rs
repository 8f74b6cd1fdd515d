//! Examples written as the law says them, each with its article: `clock_law.tsv`. Every official day off and every day
//! worked in exchange of 2018–2026 is among them: what is received on the working day before is due on the one after.

use crate::clock::{at, calendar, show, term};
use std::collections::BTreeSet;

const EXAMPLES: &str = include_str!("clock_law.tsv");

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    EXAMPLES.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().unwrap()
    })
}

#[test]
fn every_example_comes_out_as_its_article_says() {
    let calendar = calendar();
    let wrong: Vec<String> = rows()
        .filter_map(|[article, received, length, due]| {
            let got = calendar.due(at(received), term(length)).map(|d| show(d.due));
            let got = got.unwrap_or_else(|e| e.to_string());
            (got != due).then(|| format!("{article}: {received} + {length} is {due}, not {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(rows().count() >= 200);
}

#[test]
fn no_official_day_off_is_left_out() {
    let tried: BTreeSet<String> = rows()
        .flat_map(|[_, received, length, _]| calendar().due(at(received), term(length)).unwrap().days)
        .map(|d| d.date.to_string())
        .collect();
    for line in crate::clock::DAYS_OFF.lines().skip(1) {
        let day = line.split('\t').next().unwrap();
        assert!(tried.contains(day), "{day}");
    }
}
