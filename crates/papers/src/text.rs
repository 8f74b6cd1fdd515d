//! Text as it is printed: composed, without control characters, and able to break.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Letters after which a word that has no place to break is given one.
const WORD_MAX: usize = 40;

/// Makes every text of a paper's data printable, links excepted: NFC, so that every tone mark is one glyph of the font;
/// no control characters but the line's end; a word of hundreds of letters may break.
pub(crate) fn printable(data: &mut Value) {
    match data {
        Value::String(text) => *text = clean(text),
        Value::Array(items) => items.iter_mut().for_each(printable),
        Value::Object(fields) => {
            for (name, value) in fields {
                if name != "check_url" {
                    printable(value);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = 0;
    for c in text.nfc().filter(|c| *c == '\n' || !c.is_control()) {
        word = if c.is_whitespace() { 0 } else { word + 1 };
        if word > WORD_MAX {
            out.push('\u{200b}');
            word = 1;
        }
        out.push(c);
    }
    out
}
