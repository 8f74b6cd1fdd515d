//! Names and free text as people type them, made clean without changing what they mean.

use unicode_normalization::UnicodeNormalization;

/// Most characters of a name.
const NAME_CHARS: usize = 200;
/// Most syllables of a name.
const NAME_SYLLABLES: usize = 25;

/// Why a text cannot be a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing was typed.
    #[error("the name is empty")]
    Empty,
    /// Too many characters or syllables.
    #[error("the name is too long")]
    TooLong,
    /// A character that no name has, such as a digit or a picture.
    #[error("a name does not contain {0:?}")]
    BadCharacter(char),
}

/// A text is longer than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is longer than {max} characters")]
pub struct TextError {
    /// How many characters are allowed.
    pub max: usize,
}

/// A person's name: composed (NFC), single spaces, letters with the marks that names have.
///
/// # Errors
/// [`NameError`] with the first character that no name has.
pub fn clean_name(typed: &str) -> Result<String, NameError> {
    let mut name = String::with_capacity(typed.len());
    for c in composed(typed).chars() {
        if c.is_whitespace() {
            if !name.is_empty() && !name.ends_with(' ') {
                name.push(' ');
            }
        } else if is_letter(c) || matches!(c, '\'' | '’' | '-' | '.') {
            name.push(c);
        } else {
            return Err(NameError::BadCharacter(c));
        }
    }
    let name = name.trim_end().to_owned();
    if !name.chars().any(char::is_alphabetic) {
        return Err(NameError::Empty);
    }
    if name.chars().count() > NAME_CHARS || name.split(' ').count() > NAME_SYLLABLES {
        return Err(NameError::TooLong);
    }
    Ok(name)
}

/// Letters in circles and squares count as alphabetic in Unicode, yet they are pictures.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\u{2460}'..='\u{24ff}' | '\u{1f000}'..='\u{1faff}')
}

/// Composed (NFC). Some keyboards send the tone before the hat or the horn (`e` + `´` + `^`), which Unicode does not
/// compose by itself: the hat goes first, as it is written.
fn composed(typed: &str) -> String {
    if typed.is_ascii() {
        return typed.to_owned();
    }
    let mut marks: Vec<char> = typed.nfd().collect();
    for i in 1..marks.len() {
        let hat = |c: char| matches!(c, '\u{302}' | '\u{306}' | '\u{31b}');
        let tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        if hat(marks[i]) && tone(marks[i - 1]) {
            marks.swap(i - 1, i);
        }
    }
    marks.into_iter().nfc().collect()
}

/// Free text: composed (NFC), without control characters and marks that turn the direction of writing; line breaks stay.
///
/// # Errors
/// [`TextError`] when it is longer than `max` characters.
pub fn clean_text(typed: &str, max: usize) -> Result<String, TextError> {
    let mut text = String::with_capacity(typed.len());
    let mut count = 0;
    for c in composed(&typed.replace("\r\n", "\n")).chars() {
        let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if turns || (c.is_control() && c != '\n' && c != '\t') {
            continue;
        }
        count += 1;
        if count > max {
            return Err(TextError { max });
        }
        text.push(c);
    }
    Ok(text)
}
