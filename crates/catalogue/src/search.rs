//! Search as people type: without tone marks, with typing mistakes, by how they call it.
//!
//! BM25 over folded words and pairs of words; the name weighs most, then what people call it, then the field. A word
//! that is not known is tried with one letter wrong.

use crate::said::Said;
use crate::service::Service;
use motcua_model::id::ProcedureCode;
use motcua_model::text::fold;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Longest query that is looked at, in characters.
const QUERY: usize = 200;
/// BM25's usual constants.
const K1: f64 = 1.2;
const B: f64 = 0.6;
/// What a pair of words in a row is worth beside a single word: Vietnamese words are mostly two syllables.
const PAIR: f64 = 1.8;
/// What a question that people asked is worth beside the name.
const ASKED: f64 = 1.0;
/// What a word is worth that was not typed, but is meant by what was.
const MEANT: f64 = 0.7;
/// What a word with one letter wrong is worth.
const TYPO: f64 = 0.5;

/// A service found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Code.
    pub code: ProcedureCode,
    /// Name.
    pub name: String,
    /// Larger is better.
    pub score: f64,
}

#[derive(Debug)]
pub(crate) struct Index {
    /// Term → (document, weight).
    terms: HashMap<String, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
    average: f64,
    said: Said,
}

/// Words that say nothing about which service is meant.
const STOP: &[&str] = &[
    "lam", "gi", "can", "toi", "muon", "o", "dau", "nhu", "the", "nao", "xin", "cho", "de", "va", "la", "thi", "bi", "em",
    "minh", "co",
];

impl Index {
    pub(crate) fn new(services: &[Arc<Service>], said: Said) -> Self {
        let mut terms: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        let mut lengths = Vec::with_capacity(services.len());
        for (doc, service) in services.iter().enumerate() {
            let s = &service.sheet;
            let mut weights: HashMap<String, f64> = HashMap::new();
            let mut add = |text: &str, weight: f64| {
                for (term, value) in terms_of(&fold(text)) {
                    *weights.entry(term).or_default() += weight * value;
                }
            };
            add(&s.name.vi, 3.0);
            add(&s.name.en, 2.0);
            s.keywords.iter().for_each(|k| add(k, 2.0));
            said.asked
                .get(s.code.as_str())
                .into_iter()
                .flatten()
                .for_each(|asked| add(asked, ASKED));
            add(&s.result.vi, 1.0);
            add(&s.field, 0.7);
            lengths.push(weights.values().sum::<f64>());
            for (term, weight) in weights {
                terms.entry(term).or_default().push((doc, weight));
            }
        }
        let average = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        Self {
            terms,
            lengths,
            average,
            said,
        }
    }

    pub(crate) fn search(&self, services: &[Arc<Service>], typed: &str) -> Vec<Hit> {
        let typed: String = typed.chars().take(QUERY).collect();
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let folded = fold(&typed);
        let mut wanted = terms_of(&folded);
        // A meaning that several words have counts once.
        let mut meanings: Vec<&str> = self.said.meanings(&folded).collect();
        meanings.sort_unstable();
        meanings.dedup();
        for (term, value) in meanings.into_iter().flat_map(terms_of) {
            if wanted.iter().all(|(known, _)| *known != term) {
                wanted.push((term, value * MEANT));
            }
        }
        for (term, value) in wanted {
            match self.terms.get(&term) {
                Some(postings) => self.add(postings, value, &mut scores),
                None if !term.contains(' ') && term.len() > 3 => {
                    for (known, postings) in &self.terms {
                        if one_letter_wrong(&term, known) {
                            self.add(postings, value * TYPO, &mut scores);
                        }
                    }
                }
                None => {}
            }
        }
        let mut hits: Vec<Hit> = scores
            .into_iter()
            .map(|(doc, score)| {
                let sheet = &services[doc].sheet;
                Hit {
                    code: sheet.code.clone(),
                    name: sheet.name.vi.clone(),
                    score: (score * 1000.0).round() / 1000.0,
                }
            })
            .collect();
        hits.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.name.len().cmp(&b.name.len()))
                .then_with(|| a.code.cmp(&b.code))
        });
        hits.truncate(30);
        hits
    }

    fn add(&self, postings: &[(usize, f64)], value: f64, scores: &mut HashMap<usize, f64>) {
        let n = self.lengths.len() as f64;
        let found = postings.len() as f64;
        let idf = ((n - found + 0.5) / (found + 0.5) + 1.0).ln();
        for (doc, weight) in postings {
            let norm = K1 * (1.0 - B + B * self.lengths[*doc] / self.average);
            *scores.entry(*doc).or_default() += value * idf * weight * (K1 + 1.0) / (weight + norm);
        }
    }
}

/// Words and pairs of words, each with its worth.
fn terms_of(folded: &str) -> Vec<(String, f64)> {
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let mut terms: Vec<(String, f64)> = words
        .iter()
        .filter(|w| !STOP.contains(w))
        .map(|w| ((*w).to_owned(), 1.0))
        .collect();
    terms.extend(words.windows(2).map(|pair| (format!("{} {}", pair[0], pair[1]), PAIR)));
    terms
}

/// Whether two words differ by one letter more, less, other or swapped.
fn one_letter_wrong(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 || b.contains(&b' ') {
        return false;
    }
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (&a[front..], &b[front..]);
    match (ra, rb) {
        ([], _) | (_, []) => true,
        _ => {
            ra[1..] == rb[1..]
                || ra[1..] == *rb
                || *ra == rb[1..]
                || (ra.len() > 1 && rb.len() > 1 && ra[0] == rb[1] && ra[1] == rb[0] && ra[2..] == rb[2..])
        }
    }
}
