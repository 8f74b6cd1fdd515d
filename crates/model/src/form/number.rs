//! Numbers as people type them: `50.000.000`, `1 250 đ`, `120,5`.

/// A whole number. Dots, commas and spaces may stand between groups of three digits and nowhere else: `2.5` copies are
/// refused, not read as 25.
pub(super) fn whole(typed: &str) -> Option<i64> {
    let (sign, digits) = split_sign(bare(typed));
    let magnitude: i64 = ungroup(digits, &['.', ',', ' ', '\u{a0}'])?.parse().ok()?;
    Some(if sign { -magnitude } else { magnitude })
}

/// An area in m², with at most two decimals after a comma (or a dot, where it cannot be a thousands' dot).
pub(super) fn area(typed: &str) -> Option<serde_json::Number> {
    let typed = bare(typed);
    if let Some(whole) = whole(typed) {
        return Some(whole.into());
    }
    let (front, decimals) = typed.rsplit_once([',', '.'])?;
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if decimals.len() > 2 || !plain(decimals) {
        return None;
    }
    let front = ungroup(front, &['.', ' ', '\u{a0}'])?;
    serde_json::Number::from_f64(format!("{front}.{decimals}").parse().ok()?)
}

/// Without what people write behind a number.
fn bare(typed: &str) -> &str {
    let units = ["đồng", "₫", "đ", "vnđ", "VND", "VNĐ", "m²", "m2"];
    let typed = typed.trim();
    units
        .iter()
        .find_map(|unit| typed.strip_suffix(unit))
        .unwrap_or(typed)
        .trim_end()
}

fn split_sign(typed: &str) -> (bool, &str) {
    typed.strip_prefix('-').map_or((false, typed), |rest| (true, rest))
}

/// The digits alone, when the marks between them are of one kind and stand before groups of three.
fn ungroup(typed: &str, marks: &[char]) -> Option<String> {
    let mark = typed.chars().find(|c| !c.is_ascii_digit());
    let parts: Vec<&str> = match mark {
        Some(mark) if marks.contains(&mark) => typed.split(mark).collect(),
        Some(_) => return None,
        None => vec![typed],
    };
    let digits = |s: &&str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let grouped = parts.len() == 1 || (parts[0].len() <= 3 && parts[1..].iter().all(|p| p.len() == 3));
    (grouped && parts.iter().all(digits)).then(|| parts.concat())
}
