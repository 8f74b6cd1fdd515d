//! What a postal clerk still sees of a person after filing.

/// A name with its first words as initials: `Nông Thị Hoa` is `N. T. Hoa`.
pub(crate) fn name(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let Some((last, first)) = words.split_last() else {
        return String::new();
    };
    let initials: String = first
        .iter()
        .filter_map(|w| w.chars().next())
        .map(|c| format!("{c}. "))
        .collect();
    format!("{initials}{last}")
}
