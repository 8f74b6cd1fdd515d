//! What a person says of how her dossier was settled (Decree 61/2018/NĐ-CP, chapter IV): one question, once.

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Score {
    /// Not content.
    Bad,
    /// Neither.
    Fair,
    /// Content.
    Good,
}

impl Score {
    /// Every answer, the best first.
    pub const ALL: [Self; 3] = [Self::Good, Self::Fair, Self::Bad];

    /// 1 to 3.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Bad => 1,
            Self::Fair => 2,
            Self::Good => 3,
        }
    }

    /// Reads [`Score::number`] back.
    #[must_use]
    pub fn parse(n: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.number() == n)
    }
}

/// Why; as many as apply.
pub const REASONS: [&str; 6] = ["time", "manner", "guidance", "papers", "trips", "website"];

/// The longest free text, in characters.
pub const SAID_MAX: usize = 1_000;

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The answer.
    pub score: Score,
    /// Why, of [`REASONS`], in their order.
    pub reasons: Vec<&'static str>,
    /// In her own words; may be empty.
    pub said: String,
}

/// How sure a share is: the interval of Wilson at 95 %, in tenths of a percent; none of nothing.
#[must_use]
pub fn confidence(part: i64, whole: i64) -> Option<(i64, i64)> {
    if whole <= 0 {
        return None;
    }
    // 1.96 standard deviations hold 95 %.
    const Z: f64 = 1.96;
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let middle = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1_000.0 / (1.0 + Z * Z / n);
    Some((
        ((middle - spread) * scale).round() as i64,
        ((middle + spread) * scale).round() as i64,
    ))
}

#[cfg(test)]
mod tests {
    use super::confidence;

    #[test]
    fn few_answers_say_little_and_many_say_much() {
        assert_eq!(confidence(0, 0), None);
        assert_eq!(confidence(1, 1), Some((207, 1_000)));
        assert_eq!(confidence(8, 10), Some((490, 943)));
        assert_eq!(confidence(800, 1_000), Some((774, 824)));
        assert_eq!(confidence(0, 20), Some((0, 161)));
    }
}
