//! Folding: how two texts are compared, searched and sorted into a prefix.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case with its tone marks, each letter as one character.
#[must_use]
pub fn toned(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

/// Lower case, without tone marks, `đ` as `d`, every run of white space as one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
            continue;
        }
        for lower in c.to_lowercase() {
            folded.push(if lower == 'đ' { 'd' } else { lower });
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}
