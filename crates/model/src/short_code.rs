//! Codes that people read from paper and type: letters of which none is taken for another.

/// The letters.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// As many letters as there are random bytes.
#[must_use]
pub fn letters(random: &[u8]) -> String {
    let letter = |b: &u8| LETTERS.get(usize::from(b % 32)).map(|l| char::from(*l));
    random.iter().filter_map(letter).collect()
}

/// Reads so many letters, however they were typed.
#[must_use]
pub fn parse(typed: &str, length: usize) -> Option<String> {
    let letters = typed.trim().to_ascii_uppercase();
    (letters.len() == length && letters.bytes().all(|b| LETTERS.contains(&b))).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::{letters, parse};

    #[test]
    fn what_is_given_is_read_back_and_nothing_else() {
        let given = letters(&[0, 31, 32, 63, 7, 255]);
        assert_eq!(given, "2Z2Z9Z");
        assert_eq!(parse(" 2z2z9z ", 6), Some(given));
        for wrong in ["", "2Z2Z9", "2Z2Z9ZZ", "2Z2Z9O", "2Z 2Z9", "ấấ"] {
            assert_eq!(parse(wrong, 6), None, "{wrong}");
        }
    }
}
