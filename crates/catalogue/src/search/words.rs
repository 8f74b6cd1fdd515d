//! Words as search compares them: folded, beside how they were typed.

use motcua_model::text::{fold, toned};
use std::collections::BTreeMap;

/// Most words of a query or a text that are looked at.
const WORDS: usize = 64;
/// What a pair of words in a row is worth beside a single word: Vietnamese words are mostly two syllables.
const PAIR: f64 = 1.2;
/// What the right tone marks are worth: `bán` is not `bản`.
const TONE: f64 = 0.6;
/// What a word is worth that says nothing about which service is meant.
const STOP_WORTH: f64 = 0.15;
/// What a pair of such words is worth beside another pair.
const STOP_PAIR: f64 = 0.3;
/// Words that say nothing about which service is meant, folded.
const STOP: &[&str] = &[
    "lam", "gi", "can", "toi", "muon", "o", "dau", "nhu", "the", "nao", "xin", "cho", "de", "va", "la", "thi", "bi", "em",
    "minh", "co", "ra", "sao", "a", "duoc", "khong", "phai", "hay", "cua",
];

/// A text cut into words; both lists are equally long.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Without tone marks.
    pub(crate) folded: Vec<String>,
    /// In lower case, as typed.
    pub(crate) toned: Vec<String>,
}

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let toned: Vec<String> = toned(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .take(WORDS)
            .map(str::to_owned)
            .collect();
        Self {
            folded: toned.iter().map(|w| fold(w)).collect(),
            toned,
        }
    }

    /// Whether it was typed with any tone mark.
    pub(crate) fn has_tones(&self) -> bool {
        self.folded != self.toned
    }

    /// Words, pairs of words and words with their tone marks, each with its worth.
    pub(crate) fn terms(&self) -> BTreeMap<String, f64> {
        let stems: Vec<&str> = self.folded.iter().map(|w| stem(w)).collect();
        let worth = |word: &str| if STOP.contains(&word) { STOP_WORTH } else { 1.0 };
        let mut terms = BTreeMap::new();
        for (word, toned) in stems.iter().zip(&self.toned) {
            terms.insert((*word).to_owned(), worth(word));
            if word != toned && !toned.is_ascii() {
                terms.insert(format!("={toned}"), TONE * worth(word));
            }
        }
        for pair in stems.windows(2) {
            let both = pair.iter().all(|w| STOP.contains(w));
            terms.insert(format!("{} {}", pair[0], pair[1]), if both { PAIR * STOP_PAIR } else { PAIR });
        }
        terms
    }
}

/// Whether a term is a single folded word.
pub(crate) fn is_word(term: &str) -> bool {
    !term.starts_with('=') && !term.contains(' ')
}

/// An English word without the `s` of its plural: no Vietnamese word ends with it.
fn stem(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(one) if one.len() > 2 && !one.ends_with('s') => one,
        _ => word,
    }
}

/// How many slips of the finger a word of this length is forgiven.
pub(crate) fn slips(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Whether two words differ by at most `most` letters more, less, other or swapped.
pub(crate) fn alike(a: &[u8], b: &[u8], most: usize) -> bool {
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    // Three rows of the table of distances: the one before the last, the last, and the one that is made.
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().all(|n| *n > most) {
            return false;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()] <= most
}
