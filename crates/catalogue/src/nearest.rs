//! What a person may have meant whose words find nothing: names that look alike. Asked seldom, so it keeps no index.

use crate::search::Hit;
use crate::service::Service;
use motcua_model::text::fold;
use std::collections::HashSet;
use std::sync::Arc;

/// Most characters looked at.
const QUERY: usize = 80;
/// Less in common than this is chance.
const LEAST: f64 = 0.2;
/// How many are named.
const SHOWN: usize = 10;

/// The services whose names share most groups of three letters with what was typed, the best first.
pub(crate) fn nearest(services: &[Arc<Service>], typed: &str) -> Vec<Hit> {
    let typed: String = fold(typed).chars().take(QUERY).collect();
    let wanted = groups(&typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = services
        .iter()
        .filter_map(|s| {
            let sheet = &s.sheet;
            let names = std::iter::once(&sheet.name.vi).chain(&sheet.keywords);
            let score = names.map(|n| share(&wanted, &fold(n))).fold(0.0, f64::max);
            (score >= LEAST).then(|| Hit {
                code: sheet.code.clone(),
                name: sheet.name.vi.clone(),
                score: (score * 1000.0).round() / 1000.0,
            })
        })
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.code.cmp(&b.code)));
    hits.truncate(SHOWN);
    hits
}

fn groups(folded: &str) -> HashSet<[char; 3]> {
    let letters: Vec<char> = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(3).map(|w| [w[0], w[1], w[2]]).collect()
}

/// How much of what is wanted stands in a name.
fn share(wanted: &HashSet<[char; 3]>, folded: &str) -> f64 {
    let found = groups(folded).intersection(wanted).count();
    found as f64 / wanted.len() as f64
}
