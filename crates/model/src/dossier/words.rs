//! The words by which officers find a dossier, and how what they type is read: both sides of one index.
//!
//! Every word is folded, and found by its beginning. A name stands there once for each of its words, from that word to
//! the end (`nong thi hoa`, `thi hoa`, `hoa`), so that a part of a name as it is spoken is one stretch of the index.

use super::state::Dossier;
use crate::identifier::{Phone, TaxCode};
use crate::text::fold;
use serde_json::Value;

/// The most words of one dossier: each is a row that its submission writes.
pub const WORDS_MAX: usize = 8;
/// Longest word, in characters.
const WORD_CHARS: usize = 60;
/// The most terms of one search.
const TERMS_MAX: usize = 4;
/// What stands between agency and day in every code.
const CODE_MARK: &str = "h55-";

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// What was typed as one stretch; none when it is a single term.
    pub phrase: Option<String>,
    /// The terms, all of which must fit; empty when nothing can be looked for.
    pub terms: Vec<String>,
}

/// The words of a dossier: code, identity number, phone, tax code, plot, name; at most [`WORDS_MAX`], each once.
#[must_use]
pub fn search_words(d: &Dossier) -> Vec<String> {
    let mut words: Vec<String> = Vec::with_capacity(WORDS_MAX);
    let mut add = |word: &str| {
        let word: String = word.chars().take(WORD_CHARS).collect();
        if !word.is_empty() && words.len() < WORDS_MAX && !words.contains(&word) {
            words.push(word);
        }
    };
    add(&code_word(&d.code.0));
    add(&digits(&d.applicant.person_id));
    if let Ok(phone) = Phone::parse(&d.applicant.phone) {
        add(&phone.national());
    }
    let name = plain(&fold(&d.applicant.name));
    let parts: Vec<&str> = name.split(' ').collect();
    add(&name);
    add(parts.last().copied().unwrap_or_default());
    for word in tax_codes(d).chain(plots(d)) {
        add(&word);
    }
    for from in 1..parts.len() {
        add(&parts[from..].join(" "));
    }
    words
}

/// Reads what was typed into the search box: spaces and dots inside numbers, `+84`, tone marks and capitals are
/// forgiven; `tờ 12 thửa 34` is the plot `12/34`.
#[must_use]
pub fn sought(typed: &str) -> Sought {
    let folded: String = fold(typed).chars().take(200).collect();
    let pieces: Vec<&str> = folded.split(' ').filter(|p| !p.is_empty()).collect();
    let mut terms: Vec<String> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while at < pieces.len() && terms.len() < TERMS_MAX {
        if let ["to", sheet, "thua", plot, ..] = pieces[at..]
            && is_number(sheet)
            && is_number(plot)
        {
            terms.push(format!("{sheet}/{plot}"));
            at += 4;
            continue;
        }
        // A number typed in groups is one number.
        let run = pieces[at..].iter().take_while(|p| is_grouped(p)).count();
        if run > 0 {
            terms.push(number(&pieces[at..at + run].concat()));
            at += run;
            continue;
        }
        let piece = pieces[at];
        at += 1;
        if piece.contains(CODE_MARK) || piece.contains('/') {
            terms.push(code_word(piece));
        } else {
            let word = plain(piece);
            if word.is_empty() {
                continue;
            }
            if is_number(&word) {
                terms.push(word);
            } else {
                names.push(word.clone());
                terms.push(word);
            }
        }
    }
    terms.retain(|t| !t.is_empty());
    let phrase = (names.len() > 1 && names.len() == terms.len()).then(|| names.join(" "));
    Sought { phrase, terms }
}

/// Of a code the part after the province's mark: what people read out, and what differs inside an agency.
fn code_word(code: &str) -> String {
    let code = fold(code);
    match code.split_once(CODE_MARK) {
        Some((_, rest)) => rest.to_owned(),
        None => code,
    }
}

/// Every 10 or 13 digits in an answer about tax that a tax code can be.
fn tax_codes(d: &Dossier) -> impl Iterator<Item = String> {
    d.answers
        .iter()
        .filter(|(field, _)| field.contains("mst") || field.contains("thue"))
        .filter_map(|(_, value)| value.as_str())
        .filter(|text| TaxCode::parse(text).is_ok())
        .map(digits)
}

/// Plots as `sheet/plot` and, where the commune is known, `commune/sheet/plot`.
fn plots(d: &Dossier) -> impl Iterator<Item = String> {
    let part = |value: &Value, name: &str| value.get(name).filter(|v| v.is_number() || v.is_string()).map(text_of);
    let communes: Vec<(&String, String)> = d
        .answers
        .iter()
        .filter_map(|(field, value)| Some((field, part(value, "commune")?)))
        .collect();
    // The address of the plot, not the one where the person lives.
    let of_land = |field: &str| ["dat", "thua", "lo_"].iter().any(|w| field.contains(w));
    let commune = communes
        .iter()
        .find(|(field, _)| of_land(field))
        .or_else(|| communes.first())
        .map(|(_, c)| c.clone());
    d.answers
        .values()
        .filter_map(move |value| Some(format!("{}/{}", part(value, "sheet")?, part(value, "number")?)))
        .flat_map(move |plot| {
            let whole = commune.as_ref().map(|c| format!("{c}/{plot}"));
            [Some(plot), whole].into_iter().flatten()
        })
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), fold)
}

/// Letters, digits and single spaces.
fn plain(folded: &str) -> String {
    let kept: String = folded.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    kept.split(' ').filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits with what people put between them.
fn is_grouped(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'))
}

/// A number as the index keeps it: the end of a code keeps its dash, a phone begins with 0.
fn number(typed: &str) -> String {
    if let Some((day, running)) = typed.split_once('-')
        && day.len() == 6
        && is_number(day)
        && (running.is_empty() || is_number(running))
    {
        return typed.to_owned();
    }
    let all = digits(typed);
    match all.strip_prefix("84") {
        Some(rest) if typed.starts_with('+') || all.len() == 11 => format!("0{rest}"),
        _ => all,
    }
}
