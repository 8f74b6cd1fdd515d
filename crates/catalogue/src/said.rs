//! How people say it: what they asked, by service (`asked.tsv`), and what their words mean (`synonyms.tsv`).

use crate::check::Mistake;
use crate::files::Files;
use crate::service::Service;
use motcua_model::text::fold;
use std::collections::HashMap;

const ASKED: &str = "asked.tsv";
const SYNONYMS: &str = "synonyms.tsv";

/// How people say it.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Code → what was asked.
    pub(crate) asked: HashMap<String, Vec<String>>,
    /// Folded words → what they mean, folded.
    synonyms: Vec<(String, String)>,
}

impl Said {
    /// Reads both tables; a catalogue without them has none.
    pub(crate) fn read(files: &Files, services: &[Service], mistakes: &mut Vec<Mistake>) -> Self {
        let mut said = Self::default();
        for (line, cells) in files.rows(ASKED).into_iter().flatten() {
            match *cells {
                [code, asked] if services.iter().any(|s| s.sheet.code.as_str() == code) => {
                    said.asked.entry(code.to_owned()).or_default().push(asked.to_owned());
                }
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
            match *cells {
                [words, meaning] if !words.is_empty() => said.synonyms.push((fold(words), fold(meaning))),
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

    /// What the words in a folded text mean besides themselves.
    pub(crate) fn meanings<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = &'a str> {
        let whole = |at: usize, len: usize| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(folded[..at].chars().next_back()) && edge(folded[at + len..].chars().next())
        };
        self.synonyms
            .iter()
            .filter(move |(words, _)| folded.match_indices(words.as_str()).any(|(at, found)| whole(at, found.len())))
            .map(|(_, meaning)| meaning.as_str())
    }
}
