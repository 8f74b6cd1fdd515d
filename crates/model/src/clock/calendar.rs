//! Working days: official days off, days worked in exchange, and the years for which they are known.

use super::decision::{ClockDecision, DecisionKind};
use super::hours::{Span, is_morning};
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
    /// Nobody works in the morning.
    MorningOff,
    /// Nobody works in the afternoon.
    AfternoonOff,
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

#[derive(Clone, Debug, PartialEq, Eq)]
struct List {
    hours: OfficeHours,
    exceptions: BTreeMap<Date, DayOff>,
    years: BTreeSet<i16>,
    /// Days on which the terms of the calendar's dossiers stand still, with why.
    suspended: BTreeMap<Date, String>,
}

/// The longest period of a decision, in days: more is a mistake.
const LONGEST: i32 = 366;

impl Calendar {
    /// A calendar from office hours, exceptions, and the years whose exceptions are all there.
    #[must_use]
    pub fn new(hours: OfficeHours, exceptions: Vec<DayOff>, years: BTreeSet<i16>) -> Self {
        Self(Arc::new(List {
            hours,
            exceptions: exceptions.into_iter().map(|d| (d.date, d)).collect(),
            years,
            suspended: BTreeMap::new(),
        }))
    }

    /// The calendar of those whom these decisions concern, in the order in which they were taken: a later one wins.
    #[must_use]
    pub fn under<'d>(&self, decisions: impl IntoIterator<Item = &'d ClockDecision>) -> Self {
        let mut list: Option<List> = None;
        for decision in decisions {
            let list = list.get_or_insert_with(|| List::clone(&self.0));
            let kind = match decision.kind {
                DecisionKind::Off => Some(DayOffKind::Off),
                DecisionKind::MorningOff => Some(DayOffKind::MorningOff),
                DecisionKind::AfternoonOff => Some(DayOffKind::AfternoonOff),
                DecisionKind::Makeup => Some(DayOffKind::Makeup),
                DecisionKind::Suspension => None,
            };
            let days = decision.from.until(decision.to).map_or(0, |s| s.get_days());
            let mut date = decision.from;
            for _ in 0..=days.min(LONGEST) {
                match kind {
                    // Who works in exchange does so on a day of rest; a working day stays as it is.
                    Some(kind) => {
                        let day = DayOff {
                            date,
                            kind,
                            why: decision.said(),
                        };
                        list.exceptions.insert(date, day);
                    }
                    None => {
                        list.suspended.insert(date, decision.said());
                    }
                }
                let Ok(tomorrow) = date.tomorrow() else { break };
                date = tomorrow;
            }
        }
        list.map_or_else(|| self.clone(), |list| Self(Arc::new(list)))
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
                Some("morning_off") => DayOffKind::MorningOff,
                Some("afternoon_off") => DayOffKind::AfternoonOff,
                _ => return Err(wrong("the kind must be off, morning_off, afternoon_off or makeup")),
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

    /// Whether the day counts: people work, and the terms do not stand still.
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`].
    pub fn is_working_day(&self, date: Date) -> Result<bool, ClockError> {
        Ok(!self.spans(date)?.is_empty())
    }

    pub(super) fn is_suspended(&self, date: Date) -> bool {
        self.0.suspended.contains_key(&date)
    }

    pub(super) fn why_suspended(&self, date: Date) -> Option<Why> {
        self.0.suspended.get(&date).cloned().map(Why::Suspended)
    }

    pub(super) fn hours(&self) -> &OfficeHours {
        &self.0.hours
    }

    /// Why a day does not count; none for a working day.
    pub(super) fn why_off(&self, date: Date) -> Result<Option<Why>, ClockError> {
        if !self.spans(date)?.is_empty() {
            return Ok(None);
        }
        let holiday = self.exception(date)?.filter(|day| day.kind != DayOffKind::Makeup);
        Ok(Some(match (holiday, self.why_suspended(date)) {
            (Some(day), _) => Why::DayOff(day.why.clone()),
            // What is off anyway is off for its own reason.
            (None, Some(why)) if !self.0.hours.of(date).is_empty() => why,
            _ => Why::Weekend,
        }))
    }

    /// Why a working day is one.
    pub(super) fn why_on(&self, date: Date) -> Why {
        match self.0.exceptions.get(&date) {
            Some(day) if day.kind == DayOffKind::Makeup => Why::Makeup(day.why.clone()),
            Some(day) => Why::HalfDay(day.why.clone()),
            None => Why::Working,
        }
    }

    /// Office hours that count on one day; empty when it is off. A day worked in exchange is worked whole.
    pub(super) fn spans(&self, date: Date) -> Result<&[Span], ClockError> {
        let exception = self.exception(date)?;
        if self.is_suspended(date) {
            return Ok(&[]);
        }
        let own = self.0.hours.of(date);
        let half = own.iter().take_while(|span| is_morning(**span)).count();
        Ok(match exception.map(|day| day.kind) {
            Some(DayOffKind::Off) => &[],
            Some(DayOffKind::MorningOff) => &own[half..],
            Some(DayOffKind::AfternoonOff) => &own[..half],
            Some(DayOffKind::Makeup) if own.is_empty() => self.0.hours.whole_day(date),
            Some(DayOffKind::Makeup) | None => own,
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
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`].
    pub fn end_of_day(&self, date: Date) -> Result<Timestamp, ClockError> {
        self.close(date)
    }

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
