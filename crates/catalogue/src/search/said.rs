//! How people say it: what they asked, by service (`asked.tsv`), and what their words mean (`synonyms.tsv`).

use super::words::Words;
use crate::check::Mistake;
use crate::files::Files;
use crate::service::Service;
use std::collections::{HashMap, HashSet};

const ASKED: &str = "asked.tsv";
const SYNONYMS: &str = "synonyms.tsv";
/// A single word of fewer letters that has tone marks is not known again without them: `mỏ` is not `mở`.
const SHORT: usize = 4;

/// How people say it.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Code → what was asked.
    pub(crate) asked: HashMap<String, Vec<String>>,
    /// By their first word, folded.
    synonyms: HashMap<String, Vec<Synonym>>,
}

#[derive(Debug)]
struct Synonym {
    words: Words,
    meaning: String,
}

/// What some words of a text mean.
#[derive(Debug)]
pub(crate) struct Meaning<'a> {
    /// The first word.
    from: usize,
    /// The word after the last.
    to: usize,
    /// What they mean.
    pub(crate) meaning: &'a str,
}

impl Said {
    /// Reads both tables; a catalogue without them has none.
    pub(crate) fn read(files: &Files, services: &[Service], mistakes: &mut Vec<Mistake>) -> Self {
        let mut said = Self::default();
        let codes: HashSet<&str> = services.iter().map(|s| s.sheet.code.as_str()).collect();
        for (line, cells) in files.rows(ASKED).into_iter().flatten() {
            match *cells {
                [code, asked] if codes.contains(code) => said.asked.entry(code.to_owned()).or_default().push(asked.to_owned()),
                _ => mistakes.push(Mistake::new(
                    ASKED,
                    line,
                    "code",
                    "dòng sai",
                    "viết mã thủ tục, một dấu tab, câu hỏi",
                )),
            }
        }
        for (line, cells) in files.rows(SYNONYMS).into_iter().flatten() {
            let words = Words::of(cells.first().unwrap_or(&""));
            match (words.folded.first().cloned(), &cells[..]) {
                (Some(first), [_, meaning]) => {
                    let meaning = (*meaning).to_owned();
                    said.synonyms.entry(first).or_default().push(Synonym { words, meaning });
                }
                _ => mistakes.push(Mistake::new(
                    SYNONYMS,
                    line,
                    "",
                    "dòng sai",
                    "viết cách nói, một dấu tab, nghĩa",
                )),
            }
        }
        said
    }

    /// What the words of a text mean besides themselves; words within a longer saying mean what the whole means.
    pub(crate) fn meanings(&self, text: &Words) -> Vec<Meaning<'_>> {
        let has_tones = text.has_tones();
        let mut found: Vec<Meaning<'_>> = Vec::new();
        for (from, first) in text.folded.iter().enumerate() {
            for synonym in self.synonyms.get(first).into_iter().flatten() {
                let to = from + synonym.words.folded.len();
                if text.folded.get(from..to) == Some(&synonym.words.folded[..])
                    && synonym.is_said(&text.toned[from..to], &text.folded[from..to], has_tones)
                {
                    let meaning = &synonym.meaning;
                    found.push(Meaning { from, to, meaning });
                }
            }
        }
        let spans: Vec<(usize, usize)> = found.iter().map(|m| (m.from, m.to)).collect();
        let within = |m: &Meaning<'_>, (from, to): &(usize, usize)| *from <= m.from && m.to <= *to && to - from > m.to - m.from;
        found.retain(|m| !spans.iter().any(|span| within(m, span)));
        found
    }
}

impl Synonym {
    /// Whether words that are the same without tone marks are the same with them, as far as they were typed.
    fn is_said(&self, toned: &[String], folded: &[String], has_tones: bool) -> bool {
        let own = &self.words.toned;
        if let [word] = &own[..] {
            return if has_tones {
                toned[0] == *word
            } else {
                folded[0].len() >= SHORT || folded[0] == *word
            };
        }
        // In a text with tone marks a word may lack them, but not have others.
        !has_tones
            || toned
                .iter()
                .zip(folded)
                .zip(own)
                .all(|((toned, folded), own)| toned == own || toned == folded)
    }
}

/// The text with what its words mean in their place, the longest sayings first.
pub(crate) fn replaced(text: &Words, meanings: &[Meaning<'_>]) -> Words {
    let mut longest: Vec<&Meaning<'_>> = meanings.iter().collect();
    longest.sort_by_key(|m| (std::cmp::Reverse(m.to - m.from), m.from));
    let mut places: Vec<Option<&str>> = text.toned.iter().map(|w| Some(w.as_str())).collect();
    let mut taken = vec![false; places.len()];
    for m in longest {
        if taken[m.from..m.to].iter().any(|t| *t) {
            continue;
        }
        taken[m.from..m.to].fill(true);
        places[m.from..m.to].fill(None);
        places[m.from] = Some(m.meaning);
    }
    let text: Vec<&str> = places.into_iter().flatten().collect();
    Words::of(&text.join(" "))
}
