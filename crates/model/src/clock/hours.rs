//! Office hours of a week, as the province decides them, with other hours for a season.

use super::CalendarError;
use jiff::civil::{Date, Weekday};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

/// Office hours of a week: for each day, spans of time; a season may have hours of its own.
///
/// Eight hours of a term are one working day, however long the office is open: see [`OfficeHours::term`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "File")]
pub struct OfficeHours {
    week: Week,
    seasons: Vec<Season>,
}

/// As it is written.
impl JsonSchema for OfficeHours {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OfficeHours".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        File::json_schema(generator)
    }
}

/// Microseconds since midnight, Monday first.
type Week = [Vec<Span>; 7];

/// From and to, in microseconds since midnight.
pub(super) type Span = (i64, i64);

/// A part of every year with hours of its own, both days included.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Season {
    /// Month and day.
    from: (i8, i8),
    /// Month and day; before `from` when the season runs over the new year.
    to: (i8, i8),
    week: Week,
}

/// The file: `monday = ["07:30-11:30", "13:30-17:00"]` for each day that is worked, then seasons.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    monday: Vec<String>,
    #[serde(default)]
    tuesday: Vec<String>,
    #[serde(default)]
    wednesday: Vec<String>,
    #[serde(default)]
    thursday: Vec<String>,
    #[serde(default)]
    friday: Vec<String>,
    #[serde(default)]
    saturday: Vec<String>,
    #[serde(default)]
    sunday: Vec<String>,
    #[serde(default)]
    season: Vec<SeasonFile>,
}

/// `from` and `to` are written `16/4`: day and month.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SeasonFile {
    from: String,
    to: String,
    #[serde(default)]
    monday: Vec<String>,
    #[serde(default)]
    tuesday: Vec<String>,
    #[serde(default)]
    wednesday: Vec<String>,
    #[serde(default)]
    thursday: Vec<String>,
    #[serde(default)]
    friday: Vec<String>,
    #[serde(default)]
    saturday: Vec<String>,
    #[serde(default)]
    sunday: Vec<String>,
}

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;
const NOON: i64 = 12 * HOUR;

impl TryFrom<File> for OfficeHours {
    type Error = CalendarError;

    fn try_from(f: File) -> Result<Self, Self::Error> {
        let days = [f.monday, f.tuesday, f.wednesday, f.thursday, f.friday, f.saturday, f.sunday];
        let seasons = f.season.into_iter().map(season).collect::<Result<_, _>>()?;
        Ok(Self {
            week: week(&days)?,
            seasons,
        })
    }
}

fn season(s: SeasonFile) -> Result<Season, CalendarError> {
    let wrong = || CalendarError::Hours(format!("{:?}–{:?} is not a season; write from = \"16/4\"", s.from, s.to));
    let (from, to) = (month_day(&s.from).ok_or_else(wrong)?, month_day(&s.to).ok_or_else(wrong)?);
    let days = [s.monday, s.tuesday, s.wednesday, s.thursday, s.friday, s.saturday, s.sunday];
    Ok(Season {
        from,
        to,
        week: week(&days)?,
    })
}

fn week(days: &[Vec<String>; 7]) -> Result<Week, CalendarError> {
    let mut week: Week = Default::default();
    for (spans, day) in days.iter().zip(&mut week) {
        for span in spans {
            let wrong = || CalendarError::Hours(format!("{span:?} is not a span; write 07:30-11:30"));
            let (from, to) = span.split_once('-').ok_or_else(wrong)?;
            let (from, to) = (clock(from).ok_or_else(wrong)?, clock(to).ok_or_else(wrong)?);
            if from >= to || day.last().is_some_and(|(_, end)| *end > from) {
                return Err(wrong());
            }
            day.push((from, to));
        }
    }
    if week[0].is_empty() {
        return Err(CalendarError::Hours("monday has no hours".to_owned()));
    }
    Ok(week)
}

fn month_day(text: &str) -> Option<(i8, i8)> {
    let (day, month) = text.trim().split_once('/')?;
    let (day, month): (i8, i8) = (day.parse().ok()?, month.parse().ok()?);
    // A leap year knows every day of a year.
    Date::new(2020, month, day).ok().map(|_| (month, day))
}

impl Default for OfficeHours {
    /// 7:30–11:30 and 13:30–17:00, Monday to Friday.
    fn default() -> Self {
        let day = vec![(27_000 * SECOND, 41_400 * SECOND), (48_600 * SECOND, 61_200 * SECOND)];
        let [mon, tue, wed, thu, fri] = std::array::from_fn(|_| day.clone());
        Self {
            week: [mon, tue, wed, thu, fri, Vec::new(), Vec::new()],
            seasons: Vec::new(),
        }
    }
}

fn clock(hh_mm: &str) -> Option<i64> {
    let (h, m) = hh_mm.trim().split_once(':')?;
    let (h, m): (i64, i64) = (h.parse().ok()?, m.parse().ok()?);
    ((0..24).contains(&h) && (0..60).contains(&m)).then_some((h * 3600 + m * 60) * SECOND)
}

impl OfficeHours {
    fn week(&self, date: Date) -> &Week {
        let day = (date.month(), date.day());
        let in_season = |s: &&Season| {
            if s.from <= s.to {
                s.from <= day && day <= s.to
            } else {
                s.from <= day || day <= s.to
            }
        };
        self.seasons.iter().find(in_season).map_or(&self.week, |s| &s.week)
    }

    /// The hours of a day by its day of the week and season; none when nobody works.
    pub(super) fn of(&self, date: Date) -> &[Span] {
        &self.week(date)[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
    }

    /// The hours of a whole working day: the season's Monday. A day worked in exchange has them too.
    pub(super) fn whole_day(&self, date: Date) -> &[Span] {
        &self.week(date)[usize::from(Weekday::Monday.to_monday_zero_offset().unsigned_abs())]
    }

    /// Microseconds of office time that a term of so many hours takes when it starts on this day. Eight hours are one
    /// whole working day, however long the office is open; what is over is clock hours. So with a day of 7.5 hours, a term of
    /// eight hours that starts at 9:00 ends at 9:00 of the next working day, and one of four hours that starts at 8:00 ends
    /// at 14:00.
    pub(super) fn term(&self, date: Date, hours: u32) -> i64 {
        let day = self.whole_day(date).iter().map(|(open, close)| close - open).sum::<i64>();
        // Never more than the whole day: a longer term must not end earlier.
        let rest = (i64::from(hours % 8) * HOUR).min(day);
        i64::from(hours / 8).saturating_mul(day).saturating_add(rest)
    }
}

/// Which half of a day a span belongs to.
pub(super) fn is_morning(span: Span) -> bool {
    span.0 < NOON
}
