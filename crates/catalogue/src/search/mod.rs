//! Search as people type: without tone marks, with slips of the finger, by how they call it.
//!
//! Three things are added up, each between 0 and about 1: BM25 over all that is said of a service (its name weighs most);
//! how near the question is to the nearest single phrase of it, as typed and with what its words mean (`synonyms.tsv`) put
//! in; and how much of the question is covered. A service that does what the question wants (`intents.tsv`) comes first,
//! and of two alike the one that can be filed online. A word that is not known is tried with a letter or two wrong, and as
//! two words typed together.

pub(crate) mod intent;
mod said;
mod words;

use crate::service::Service;
use intent::{IntentWords, Intents};
use motcua_model::id::ProcedureCode;
pub(crate) use said::Said;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use words::{Words, alike, is_word, slips};

/// Longest query that is looked at, in characters.
const QUERY: usize = 200;
/// BM25's constants.
const K1: f64 = 1.2;
const B: f64 = 0.46;
/// What a word is worth that was not typed, but is meant by what was.
const MEANT: f64 = 0.6;
/// What a word with a letter wrong is worth.
const SLIP: f64 = 0.6;
/// What the parts of the score are worth.
const ALL: f64 = 3.0;
const NEAREST: f64 = 1.0;
const COVERED: f64 = 0.3;
/// What the nearest phrase is worth that is near only by what the words mean.
const NEAR_IN_MEANING: f64 = 0.95;
/// What it is worth that a service can be filed online.
const WHOLE: f64 = 0.01;
/// What is said of a service, and its worth.
const NAME: f64 = 3.0;
const ENGLISH: f64 = 2.0;
const KEYWORD: f64 = 2.3;
const ASKED: f64 = 1.7;
const RESULT: f64 = 0.8;
const FIELD: f64 = 0.6;
/// Most services that are found.
const HITS: usize = 30;

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

/// Where a term stands.
#[derive(Debug, Default)]
struct Term {
    idf: f64,
    /// Service and weight.
    services: Vec<(usize, f64)>,
    /// Phrase and weight.
    phrases: Vec<(usize, f64)>,
}

#[derive(Debug)]
pub(crate) struct Index {
    terms: HashMap<String, Term>,
    /// Single words, by length.
    vocabulary: BTreeMap<usize, Vec<String>>,
    lengths: Vec<f64>,
    average: f64,
    /// Of each phrase: its service and its length as a vector.
    phrases: Vec<(usize, f64)>,
    intents: Vec<Intents>,
    intent_words: IntentWords,
    said: Said,
}

impl Index {
    pub(crate) fn new(services: &[Arc<Service>], said: Said, intent_words: IntentWords) -> Self {
        let mut index = Self {
            terms: HashMap::new(),
            vocabulary: BTreeMap::new(),
            lengths: Vec::with_capacity(services.len()),
            average: 0.0,
            phrases: Vec::new(),
            intents: Vec::with_capacity(services.len()),
            intent_words,
            said,
        };
        for (n, service) in services.iter().enumerate() {
            index.add(n, service);
        }
        index.average = index.lengths.iter().sum::<f64>() / index.lengths.len().max(1) as f64;
        let count = services.len() as f64;
        for (name, term) in &mut index.terms {
            let found = term.services.len() as f64;
            term.idf = ((count - found + 0.5) / (found + 0.5) + 1.0).ln();
            for (phrase, weight) in &mut term.phrases {
                *weight *= term.idf;
                index.phrases[*phrase].1 += *weight * *weight;
            }
            if is_word(name) {
                index.vocabulary.entry(name.len()).or_default().push(name.clone());
            }
        }
        for (_, length) in &mut index.phrases {
            *length = length.sqrt();
        }
        index
    }

    fn add(&mut self, n: usize, service: &Service) {
        let sheet = &service.sheet;
        let asked = self.said.asked.remove(sheet.code.as_str()).unwrap_or_default();
        let phrases = [(sheet.name.vi.as_str(), NAME), (sheet.name.en.as_str(), ENGLISH)]
            .into_iter()
            .chain(sheet.keywords.iter().map(|k| (k.as_str(), KEYWORD)))
            .chain(asked.iter().map(|a| (a.as_str(), ASKED)));
        let mut weights: BTreeMap<String, f64> = BTreeMap::new();
        for (text, worth) in phrases.filter(|(text, _)| !text.is_empty()) {
            let phrase = self.phrases.len();
            self.phrases.push((n, 0.0));
            for (term, value) in Words::of(text).terms() {
                self.terms.entry(term.clone()).or_default().phrases.push((phrase, value));
                *weights.entry(term).or_default() += worth * value;
            }
        }
        for (text, worth) in [(sheet.result.vi.as_str(), RESULT), (sheet.field.as_str(), FIELD)] {
            for (term, value) in Words::of(text).terms() {
                *weights.entry(term).or_default() += worth * value;
            }
        }
        self.lengths.push(weights.values().sum());
        for (term, weight) in weights {
            self.terms.entry(term).or_default().services.push((n, weight));
        }
        self.intents.push(self.intent_words.of_name(&Words::of(&sheet.name.vi)));
    }

    pub(crate) fn search(&self, services: &[Arc<Service>], typed: &str) -> Vec<Hit> {
        let typed: String = typed.chars().take(QUERY).collect();
        let words = Words::of(&typed);
        let (wanted, unknown) = self.known(&words);
        let meanings = self.said.meanings(&words);
        let mut all = wanted.clone();
        for meaning in &meanings {
            for (term, value) in Words::of(meaning.meaning).terms() {
                if let Some((known, _)) = self.terms.get_key_value(&term)
                    && !term.starts_with('=')
                {
                    let worth = all.entry(known).or_default();
                    *worth = worth.max(value * MEANT);
                }
            }
        }
        let mut scores = self.bm25(&all);
        let mut nearest = vec![0.0; services.len()];
        self.nearest(&wanted, unknown, 1.0, &mut nearest);
        if !meanings.is_empty() {
            let (said, unknown) = self.known(&said::replaced(&words, &meanings));
            self.nearest(&said, unknown, NEAR_IN_MEANING, &mut nearest);
        }
        let covered = self.covered(&wanted, services.len());
        let intents = self.intent_words.of_query(&words);
        let mut hits: Vec<(f64, usize)> = Vec::new();
        for (n, score) in scores.iter_mut().enumerate().filter(|(_, score)| **score > 0.0) {
            let whole = if services[n].whole { WHOLE } else { 0.0 };
            let intent = self.intent_words.worth(intents, self.intents[n]);
            hits.push((ALL * *score + NEAREST * nearest[n] + COVERED * covered[n] + whole + intent, n));
        }
        let order = |a: &(f64, usize), b: &(f64, usize)| {
            let name = |n: usize| &services[n].sheet.name.vi;
            b.0.total_cmp(&a.0)
                .then_with(|| name(a.1).len().cmp(&name(b.1).len()))
                .then_with(|| a.1.cmp(&b.1))
        };
        hits.sort_by(order);
        hits.truncate(HITS);
        let hit = |(score, n): (f64, usize)| Hit {
            code: services[n].sheet.code.clone(),
            name: services[n].sheet.name.vi.clone(),
            score: (score * 1000.0).round() / 1000.0,
        };
        hits.into_iter().map(hit).collect()
    }

    /// The terms of a query that services know, with their worth, and how much of it nobody knows.
    fn known(&self, words: &Words) -> (BTreeMap<&str, f64>, f64) {
        let mut known: BTreeMap<&str, f64> = BTreeMap::new();
        let mut unknown = 0.0;
        let mut add = |term: &str, value: f64| match self.terms.get_key_value(term) {
            Some((term, _)) => {
                let worth = known.entry(term).or_default();
                *worth = worth.max(value);
                true
            }
            None => false,
        };
        for (term, value) in words.terms() {
            if add(&term, value) || !is_word(&term) {
                continue;
            }
            let most = slips(term.len());
            let mut near = false;
            if most > 0 {
                let lengths = self
                    .vocabulary
                    .range(term.len().saturating_sub(most).max(3)..=term.len() + most);
                for word in lengths.flat_map(|(_, words)| words) {
                    if alike(term.as_bytes(), word.as_bytes(), most) {
                        near |= add(word, value * SLIP);
                    }
                }
            }
            // Two words typed together.
            for at in 2..term.len().saturating_sub(1) {
                if let (Some(a), Some(b)) = (term.get(..at), term.get(at..))
                    && self.terms.contains_key(&format!("{a} {b}"))
                {
                    near |= add(&format!("{a} {b}"), value) | add(a, value) | add(b, value);
                }
            }
            if !near && value >= 1.0 {
                unknown += 1.0;
            }
        }
        (known, unknown)
    }

    /// BM25 beside the most that the query could get.
    fn bm25(&self, wanted: &BTreeMap<&str, f64>) -> Vec<f64> {
        let mut scores = vec![0.0; self.lengths.len()];
        let mut most = 0.0;
        for (term, value) in wanted {
            let Some(term) = self.terms.get(*term) else { continue };
            most += value * term.idf * (K1 + 1.0);
            for (n, weight) in &term.services {
                let norm = K1 * (1.0 - B + B * self.lengths[*n] / self.average);
                scores[*n] += value * term.idf * weight * (K1 + 1.0) / (weight + norm);
            }
        }
        if most > 0.0 {
            scores.iter_mut().for_each(|score| *score /= most);
        }
        scores
    }

    /// How near the query is to the nearest phrase of each service: the cosine of the two.
    fn nearest(&self, wanted: &BTreeMap<&str, f64>, unknown: f64, worth: f64, nearest: &mut [f64]) {
        // A word that nobody knows is as rare as can be, and might as well be a name: it counts half.
        let rare = (self.lengths.len() as f64 + 1.0).ln() / 2.0;
        let mut length = unknown * rare * rare;
        let mut products = vec![0.0; self.phrases.len()];
        for (term, value) in wanted {
            let Some(term) = self.terms.get(*term) else { continue };
            let value = value * term.idf;
            length += value * value;
            for (phrase, weight) in &term.phrases {
                products[*phrase] += value * weight;
            }
        }
        let length = length.sqrt();
        for (product, (n, phrase)) in products.into_iter().zip(&self.phrases) {
            if product > 0.0 {
                nearest[*n] = nearest[*n].max(worth * product / (length * phrase));
            }
        }
    }

    /// How much of the query's words each service knows.
    fn covered(&self, wanted: &BTreeMap<&str, f64>, services: usize) -> Vec<f64> {
        let mut covered = vec![0.0; services];
        let mut all = 0.0;
        for (name, value) in wanted.iter().filter(|(name, _)| is_word(name)) {
            let Some(term) = self.terms.get(*name) else { continue };
            all += value * term.idf;
            for (n, _) in &term.services {
                covered[*n] += value * term.idf;
            }
        }
        if all > 0.0 {
            covered.iter_mut().for_each(|part| *part /= all);
        }
        covered
    }
}
