//! Office hours of a week, as the province decides them.

use super::CalendarError;
use jiff::civil::Weekday;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Office hours of a week: for each day, spans of time.
///
/// A day has 7.5 hours by default, but eight hours of a term are one working day: see [`OfficeHours::term_hour`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, Vec<String>>")]
pub struct OfficeHours {
    /// Microseconds since midnight, Monday first.
    week: [Vec<Span>; 7],
}

/// From and to, in microseconds since midnight.
pub(super) type Span = (i64, i64);

const SECOND: i64 = 1_000_000;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl TryFrom<BTreeMap<String, Vec<String>>> for OfficeHours {
    type Error = CalendarError;

    /// Reads `monday = ["07:30-11:30", "13:30-17:00"]` for each day that is worked.
    fn try_from(days: BTreeMap<String, Vec<String>>) -> Result<Self, Self::Error> {
        let mut week: [Vec<Span>; 7] = Default::default();
        for (name, spans) in days {
            let index = DAYS
                .iter()
                .position(|d| *d == name)
                .ok_or_else(|| CalendarError::Hours(format!("{name:?} is not a day; write monday … sunday")))?;
            for span in spans {
                let wrong = || CalendarError::Hours(format!("{span:?} is not a span; write 07:30-11:30"));
                let (from, to) = span.split_once('-').ok_or_else(wrong)?;
                let (from, to) = (clock(from).ok_or_else(wrong)?, clock(to).ok_or_else(wrong)?);
                if from >= to || week[index].last().is_some_and(|(_, end)| *end > from) {
                    return Err(wrong());
                }
                week[index].push((from, to));
            }
        }
        if week[0].is_empty() {
            return Err(CalendarError::Hours("monday has no hours".to_owned()));
        }
        Ok(Self { week })
    }
}

impl Default for OfficeHours {
    /// 7:30–11:30 and 13:30–17:00, Monday to Friday.
    fn default() -> Self {
        let day = vec![(27_000 * SECOND, 41_400 * SECOND), (48_600 * SECOND, 61_200 * SECOND)];
        let [mon, tue, wed, thu, fri] = std::array::from_fn(|_| day.clone());
        Self {
            week: [mon, tue, wed, thu, fri, Vec::new(), Vec::new()],
        }
    }
}

fn clock(hh_mm: &str) -> Option<i64> {
    let (h, m) = hh_mm.trim().split_once(':')?;
    let (h, m): (i64, i64) = (h.parse().ok()?, m.parse().ok()?);
    ((0..24).contains(&h) && (0..60).contains(&m)).then_some((h * 3600 + m * 60) * SECOND)
}

impl OfficeHours {
    /// The hours of a day of the week; none when nobody works.
    pub(super) fn of(&self, day: Weekday) -> &[Span] {
        &self.week[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }

    /// The hours of a whole working day: Monday's. A day worked in exchange has them too.
    pub(super) fn whole_day(&self) -> &[Span] {
        &self.week[0]
    }

    /// Microseconds of office time that one hour of a term takes: eight hours of a term are one whole working day,
    /// however long the office is open. With 7.5 hours a day that is 56 minutes and 15 seconds; so a term of eight hours that
    /// starts at 9:00 ends at 9:00 of the next working day, and one that starts in the morning ends with the day.
    pub(super) fn term_hour(&self) -> i64 {
        self.whole_day().iter().map(|(open, close)| close - open).sum::<i64>() / 8
    }
}
