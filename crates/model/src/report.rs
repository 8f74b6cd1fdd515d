//! The periodic report on reception and settlement (Circular 01/2020/TT-VPCP, form II.06a): one line for each field.

use crate::figure::{Counts, Measure};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A period that the law has reports of. Its figures close on the 14th (Decree 09/2019/NĐ-CP, article 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// From the 15th of the month before the quarter to the 14th of its last month.
    Quarter {
        /// Year.
        year: i16,
        /// 1 to 4.
        quarter: i8,
    },
    /// From 15 December of the year before to 14 June.
    HalfYear {
        /// Year.
        year: i16,
    },
    /// From 15 December of the year before to 14 December.
    Year {
        /// Year.
        year: i16,
    },
}

impl Period {
    /// First and last half of a month, `YYYYMMH`: each begins on the 15th and ends on the 14th.
    #[must_use]
    pub fn halves(self) -> (i64, i64) {
        let half = |year: i16, month: i64, half: i64| (i64::from(year) * 100 + month) * 10 + half;
        match self {
            Self::Quarter { year, quarter } => {
                let last = i64::from(quarter) * 3;
                let (first_year, first) = if last == 3 { (year - 1, 12) } else { (year, last - 3) };
                (half(first_year, first, 2), half(year, last, 1))
            }
            Self::HalfYear { year } => (half(year - 1, 12, 2), half(year, 6, 1)),
            Self::Year { year } => (half(year - 1, 12, 2), half(year, 12, 1)),
        }
    }

    /// First and last day.
    #[must_use]
    pub fn days(self) -> (Date, Date) {
        let day = |half: i64, day: i8| {
            let (year, month) = (half / 1_000, half / 10 % 100);
            let year = i16::try_from(year).unwrap_or(i16::MAX);
            Date::new(year, i8::try_from(month).unwrap_or(1), day).unwrap_or(Date::MAX)
        };
        let (from, to) = self.halves();
        (day(from, 15), day(to, 14))
    }

    /// The name in addresses: `2020-q1`, `2020-6`, `2020`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Quarter { year, quarter } => format!("{year}-q{quarter}"),
            Self::HalfYear { year } => format!("{year}-6"),
            Self::Year { year } => format!("{year}"),
        }
    }

    /// Reads [`Period::key`] back.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let (year, part) = key.split_once('-').unwrap_or((key, ""));
        let year = year.parse().ok().filter(|y| (2001..=2200).contains(y))?;
        match part {
            "" => Some(Self::Year { year }),
            "6" => Some(Self::HalfYear { year }),
            quarter => {
                let quarter = quarter.strip_prefix('q')?.parse().ok().filter(|q| (1..=4).contains(q))?;
                Some(Self::Quarter { year, quarter })
            }
        }
    }

    /// The last quarter that is over on a day.
    #[must_use]
    pub fn last_quarter(today: Date) -> Self {
        let mut year = today.year() + 1;
        let mut quarter = 4;
        loop {
            let period = Self::Quarter { year, quarter };
            if period.days().1 < today || year <= 2001 {
                return period;
            }
            (year, quarter) = if quarter == 1 { (year - 1, 4) } else { (year, quarter - 1) };
        }
    }
}

/// Columns 3 to 13 of the form.
pub const COLUMNS: usize = 11;

/// The numbers of a line, in the order of the form: received (all, online in the period, otherwise in the period, from the
/// period before), settled (all, early, on time, late), running (all, within the term, late).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers(pub [i64; COLUMNS]);

impl Numbers {
    /// The numbers of a field: what happened before the period and within it, and how many are late at its end.
    #[must_use]
    pub fn of(before: &Counts, within: &Counts, late: i64) -> Self {
        let carried = before.running();
        let online = within.get(Measure::TakenOnline);
        // What came from a closed agency was received there; here it is received otherwise.
        let other = within.get(Measure::TakenOther) + within.get(Measure::HandedIn);
        let running = carried + within.running();
        let late = late.clamp(0, running.max(0));
        Self([
            carried + online + other,
            online,
            other,
            carried,
            within.settled(),
            within.get(Measure::Early),
            within.get(Measure::OnTime),
            within.get(Measure::Late),
            running,
            running - late,
            late,
        ])
    }

    /// Adds another line.
    pub fn add(&mut self, other: &Self) {
        for (sum, n) in self.0.iter_mut().zip(other.0) {
            *sum += n;
        }
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|n| *n == 0)
    }
}

/// A line of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The field.
    pub field: String,
    /// Its numbers.
    pub numbers: Numbers,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Code of the agency; empty for the province.
    pub agency: String,
    /// The period.
    pub period: Period,
    /// The lines, by field.
    pub lines: Vec<Line>,
}

impl Report {
    /// The sum of all lines.
    #[must_use]
    pub fn sum(&self) -> Numbers {
        let mut sum = Numbers::default();
        for line in &self.lines {
            sum.add(&line.numbers);
        }
        sum
    }

    /// What is different in a later count: field, column (from 0), what was sent, what is counted now.
    #[must_use]
    pub fn corrected_by(&self, later: &Self) -> Vec<(String, usize, i64, i64)> {
        let of = |report: &Self, field: &str| {
            let line = report.lines.iter().find(|l| l.field == field);
            line.map_or_else(Numbers::default, |l| l.numbers)
        };
        let mut fields: Vec<&str> = self.lines.iter().chain(&later.lines).map(|l| l.field.as_str()).collect();
        fields.sort_unstable();
        fields.dedup();
        let mut found = Vec::new();
        for field in fields {
            let (sent, now) = (of(self, field), of(later, field));
            let pairs = sent.0.into_iter().zip(now.0).enumerate();
            found.extend(
                pairs
                    .filter(|(_, (a, b))| a != b)
                    .map(|(i, (a, b))| (field.to_owned(), i, a, b)),
            );
        }
        found
    }
}
