//! Amounts in Vietnamese words, as a receipt needs them.

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// An amount of VND in words: `một trăm ba mươi lăm nghìn đồng`.
#[must_use]
pub fn in_words(vnd: u64) -> String {
    if vnd == 0 {
        return "không đồng".to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    let mut groups = Vec::new();
    let mut rest = vnd;
    while rest > 0 {
        groups.push(rest % 1000);
        rest /= 1000;
    }
    for (power, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            // "một tỷ đồng", but "một tỷ không nghìn" is never said; the unit of billions stands for what follows it.
            if power % 3 == 0 && power > 0 && groups[power..].iter().any(|g| *g > 0) {
                words.push("tỷ".to_owned());
            }
            continue;
        }
        words.extend(three(*group, !words.is_empty()));
        match power % 3 {
            1 => words.push("nghìn".to_owned()),
            2 => words.push("triệu".to_owned()),
            _ => {}
        }
        if power % 3 == 0 && power > 0 {
            words.push("tỷ".to_owned());
        }
    }
    words.push("đồng".to_owned());
    words.join(" ")
}

/// Three digits; `full` where more stands before, so that hundreds are always said.
fn three(n: u64, full: bool) -> Vec<String> {
    let digit = |n: u64| DIGITS[usize::try_from(n % 10).unwrap_or(0)];
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    let mut words = Vec::new();
    if hundreds > 0 || full {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if ones > 0 && !words.is_empty() => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(ones)),
    }
    words.into_iter().map(str::to_owned).collect()
}
