//! Working days: official days off, days worked in exchange, and the years for which they are known.

use super::hours::Span;
use super::term::Why;
use super::{OfficeHours, TIME_ZONE};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Why the calendar cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// The official days off of this year are not in the calendar; an administrator adds them. Never a guess.
    #[error("the official days off of {0} are not in the calendar")]
    UnknownYear(i16),
    /// A date beyond what can be counted.
    #[error("the date is out of range")]
    OutOfRange,
}

/// Why a calendar cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A line of the list of days off.
    #[error("line {line}: {what}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What is wrong and what would be right.
        what: String,
    },
    /// Office hours.
    #[error("office hours: {0}")]
    Hours(String),
}

/// What kind of exception a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOffKind {
    /// Nobody works.
    Off,
    /// A day of rest that is worked in exchange.
    Makeup,
}

/// An exception to the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOff {
    /// The day.
    pub date: Date,
    /// Off, or worked in exchange.
    pub kind: DayOffKind,
    /// Name of the holiday or of the exchange.
    pub why: String,
}

/// The calendar of an agency. A clone shares the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar(Arc<List>);

#[derive(Debug, PartialEq, Eq)]
struct List {
    hours: OfficeHours,
    exceptions: BTreeMap<Date, DayOff>,
    years: BTreeSet<i16>,
}

impl Calendar {
    /// A calendar from office hours, exceptions, and the years whose exceptions are all there.
    #[must_use]
    pub fn new(hours: OfficeHours, exceptions: Vec<DayOff>, years: BTreeSet<i16>) -> Self {
        Self(Arc::new(List {
            hours,
            exceptions: exceptions.into_iter().map(|d| (d.date, d)).collect(),
            years,
        }))
    }

    /// Reads the list of days off: `date<tab>kind<tab>why`, a header line first, `#` before a remark. The years of
    /// the list are the years that are known.
    ///
    /// # Errors
    /// [`CalendarError`] with the line and what would be right.
    pub fn from_tsv(hours: OfficeHours, text: &str) -> Result<Self, CalendarError> {
        let (mut days, mut seen) = (Vec::new(), BTreeSet::new());
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let wrong = |what: &str| CalendarError::Line {
                line: index + 1,
                what: what.to_owned(),
            };
            if index == 0 {
                if !line.starts_with("date\t") {
                    return Err(wrong("the first line names the columns: date, kind, why"));
                }
                continue;
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells = line.split('\t');
            let date: Date = cells
                .next()
                .and_then(|d| d.trim().parse().ok())
                .ok_or_else(|| wrong("the date must be like 2020-04-30"))?;
            let kind = match cells.next().map(str::trim) {
                Some("off") => DayOffKind::Off,
                Some("makeup") => DayOffKind::Makeup,
                _ => return Err(wrong("the kind must be off or makeup")),
            };
            let why = cells.next().map(|w| w.trim().to_owned()).filter(|w| !w.is_empty());
            let why = why.ok_or_else(|| wrong("the reason is missing"))?;
            if !seen.insert(date) {
                return Err(wrong("this date stands twice in the list; keep one line"));
            }
            days.push(DayOff { date, kind, why });
        }
        let years = seen.iter().map(|date| date.year()).collect();
        Ok(Self::new(hours, days, years))
    }

    /// Whether people work on this day.
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`].
    pub fn is_working_day(&self, date: Date) -> Result<bool, ClockError> {
        Ok(self.exception(date)?.map_or_else(
            || !self.0.hours.of(date.weekday()).is_empty(),
            |day| day.kind == DayOffKind::Makeup,
        ))
    }

    pub(super) fn hours(&self) -> &OfficeHours {
        &self.0.hours
    }

    /// Why a day is off; none for a working day.
    pub(super) fn why_off(&self, date: Date) -> Result<Option<Why>, ClockError> {
        Ok(match self.exception(date)? {
            Some(day) if day.kind == DayOffKind::Off => Some(Why::DayOff(day.why.clone())),
            None if self.0.hours.of(date.weekday()).is_empty() => Some(Why::Weekend),
            _ => None,
        })
    }

    /// Why a working day is one.
    pub(super) fn why_on(&self, date: Date) -> Why {
        let exception = self.0.exceptions.get(&date);
        exception.map_or(Why::Working, |day| Why::Makeup(day.why.clone()))
    }

    /// Office hours of one day; empty when it is off. A day worked in exchange is worked whole.
    pub(super) fn spans(&self, date: Date) -> Result<&[Span], ClockError> {
        let own = self.0.hours.of(date.weekday());
        Ok(match self.exception(date)? {
            Some(day) if day.kind == DayOffKind::Off => &[],
            Some(_) if own.is_empty() => self.0.hours.whole_day(),
            _ => own,
        })
    }

    /// The first working day after a date.
    pub(super) fn next_working_day(&self, date: Date) -> Result<Date, ClockError> {
        let mut date = next(date)?;
        while !self.is_working_day(date)? {
            date = next(date)?;
        }
        Ok(date)
    }

    /// The end of office hours of a working day.
    pub(super) fn close(&self, date: Date) -> Result<Timestamp, ClockError> {
        at(date, self.spans(date)?.last().map_or(0, |(_, close)| *close))
    }

    fn exception(&self, date: Date) -> Result<Option<&DayOff>, ClockError> {
        if self.0.years.contains(&date.year()) {
            Ok(self.0.exceptions.get(&date))
        } else {
            Err(ClockError::UnknownYear(date.year()))
        }
    }
}

pub(super) fn next(date: Date) -> Result<Date, ClockError> {
    date.tomorrow().map_err(|_| ClockError::OutOfRange)
}

/// Microseconds since midnight.
pub(super) fn of_day(time: Time) -> i64 {
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    seconds * 1_000_000 + i64::from(time.subsec_nanosecond()) / 1000
}

/// The instant so many microseconds after a date's midnight.
pub(super) fn at(date: Date, micros: i64) -> Result<Timestamp, ClockError> {
    let time = jiff::SignedDuration::from_micros(micros);
    let at: Result<DateTime, _> = date.to_datetime(Time::midnight()).checked_add(time);
    at.and_then(|at| TIME_ZONE.to_timestamp(at))
        .map_err(|_| ClockError::OutOfRange)
}
