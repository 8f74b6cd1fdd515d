//! What a person wants done with a paper: made, made again, changed, ended, prolonged (`intents.tsv`). Read in the same way
//! in a question and at the beginning of a service's name.

use super::words::Words;
use crate::check::Mistake;
use crate::files::Files;

const PATH: &str = "intents.tsv";
/// How many words of a service's name tell what it does with the paper.
const BEGINNING: usize = 5;
/// The intent of a service that is for the first time: what every service is that says nothing else.
const FIRST: &str = "new";

/// A set of intents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Intents(u32);

/// The words that tell each intent.
#[derive(Debug, Default)]
pub(crate) struct IntentWords {
    /// Bit and folded words.
    words: Vec<(u32, Vec<String>)>,
    first: u32,
}

impl IntentWords {
    /// Reads the table; a catalogue without it has none.
    pub(crate) fn read(files: &Files, mistakes: &mut Vec<Mistake>) -> Self {
        let mut read = Self::default();
        for (n, (line, cells)) in files.rows(PATH).into_iter().flatten().enumerate() {
            let ([name, words], Some(bit)) = (&cells[..], 1_u32.checked_shl(u32::try_from(n).unwrap_or(32))) else {
                let remedy = "viết tên ý, một dấu tab, các từ cách nhau dấu phẩy; tối đa 32 dòng";
                mistakes.push(Mistake::new(PATH, line, "words", "dòng sai", remedy));
                continue;
            };
            if *name == FIRST {
                read.first = bit;
            }
            read.words.extend(words.split(',').map(|word| (bit, Words::of(word).folded)));
        }
        read
    }

    fn of(&self, words: &[String]) -> u32 {
        self.words
            .iter()
            .filter(|(_, said)| !said.is_empty() && words.windows(said.len()).any(|w| w == said))
            .fold(0, |set, (bit, _)| set | bit)
    }

    /// What a question wants.
    pub(crate) fn of_query(&self, words: &Words) -> Intents {
        Intents(self.of(&words.folded))
    }

    /// What a service does; nothing for one that is for the first time.
    pub(crate) fn of_name(&self, words: &Words) -> Intents {
        let beginning = &words.folded[..words.folded.len().min(BEGINNING)];
        Intents(self.of(beginning) & !self.first)
    }

    /// What it is worth that a service does what the question wants; less than nothing where it does something else.
    pub(crate) fn worth(&self, query: Intents, service: Intents) -> f64 {
        let first_time = service.0 == 0;
        if query.0 == 0 {
            return if first_time { NOTHING_SAID } else { 0.0 };
        }
        match (query.0 & service.0 != 0, first_time) {
            (true, _) => SAME,
            (false, false) => -OTHER,
            (false, true) if query.0 & self.first != 0 => NOTHING_SAID,
            (false, true) => -FIRST_INSTEAD,
        }
    }
}

/// The question wants nothing in particular: most papers are asked for the first time.
const NOTHING_SAID: f64 = 0.15;
const SAME: f64 = 0.3;
const OTHER: f64 = 0.18;
const FIRST_INSTEAD: f64 = 0.02;
