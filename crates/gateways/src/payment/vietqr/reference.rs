//! The reference of a transfer: short, letters and digits only (banks drop the rest), with a check character, so that
//! one that was mistyped is not taken for another's.

/// What every reference begins with.
const PREFIX: &str = "MC";
/// Without I, L, O and U, which are mistaken for others or spell words.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters between prefix and check character.
const BODY: usize = 10;
/// Length in all.
const LENGTH: usize = PREFIX.len() + BODY + 1;

/// A reference from fifty random bits: `MC`, ten characters, a check character.
#[must_use]
pub fn reference(random: u64) -> String {
    let mut text = String::from(PREFIX);
    for i in 0..BODY {
        let index = usize::try_from(random >> (5 * i) & 31).unwrap_or(0);
        text.push(char::from(ALPHABET[index]));
    }
    text.push(check(&text.as_bytes()[PREFIX.len()..]));
    text
}

/// Sum of the characters' values, each times its place: finds one wrong character and two that changed places.
fn check(body: &[u8]) -> char {
    let sum: usize = body
        .iter()
        .enumerate()
        .map(|(i, b)| (2 * i + 1) * value(*b).unwrap_or(0))
        .sum();
    char::from(ALPHABET[sum % 32])
}

fn value(byte: u8) -> Option<usize> {
    ALPHABET.iter().position(|a| *a == byte)
}

/// Whether a text is a reference, with the right check character.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == LENGTH
        && text.starts_with(PREFIX)
        && bytes[PREFIX.len()..].iter().all(|b| value(*b).is_some())
        && check(&bytes[PREFIX.len()..LENGTH - 1]) == char::from(bytes[LENGTH - 1])
}

/// Finds the reference in what the bank passes on: in any case, glued to other words, with a space or a dot inside.
#[must_use]
pub fn find_reference(content: &str) -> Option<String> {
    let letters: String = content
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    (0..letters.len().saturating_sub(LENGTH - 1))
        .map(|at| &letters[at..at + LENGTH])
        .find(|part| is_reference(part))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_in_what_banks_make_of_it() {
        let r = reference(0x0002_f3a1_77c0_9b5d);
        assert!(is_reference(&r), "{r}");
        let broken = format!("{} {}", &r[..6], &r[6..]);
        for content in [
            r.clone(),
            r.to_lowercase(),
            format!("MBVCB.5521.{r}.CT tu 0011 toi 0102"),
            format!("NONG THI HOA chuyen tien{r}FT20090"),
            broken,
        ] {
            assert_eq!(find_reference(&content), Some(r.clone()), "{content}");
        }
    }

    #[test]
    fn a_mistyped_reference_is_nobodys() {
        let r = reference(77_123_456_789);
        for at in 2..r.len() {
            let mut bytes = r.clone().into_bytes();
            bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
            let wrong = String::from_utf8(bytes).unwrap_or_default();
            assert!(!is_reference(&wrong), "{wrong}");
        }
        assert_eq!(find_reference("Nộp lệ phí hồ sơ"), None);
        assert_eq!(find_reference(""), None);
    }
}
