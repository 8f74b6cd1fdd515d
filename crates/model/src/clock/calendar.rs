//! Working time: office hours, official days off, days worked in exchange.

use super::term::{Counted, Due, Remaining, Term, Why};
use super::{TIME_ZONE, local};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, Timestamp, ToSpan};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Seconds of office time that one hour of a term takes: eight hours are one working day of `day` seconds.
fn term_hour(day: i64) -> i64 {
    day / 8
}

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

/// Office hours of a week: for each day, spans of time as seconds since midnight.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, Vec<String>>")]
pub struct OfficeHours {
    week: [Vec<(i64, i64)>; 7],
}

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl TryFrom<BTreeMap<String, Vec<String>>> for OfficeHours {
    type Error = CalendarError;

    /// Reads `monday = ["07:30-11:30", "13:30-17:00"]` for each day that is worked.
    fn try_from(days: BTreeMap<String, Vec<String>>) -> Result<Self, Self::Error> {
        let mut week: [Vec<(i64, i64)>; 7] = Default::default();
        for (name, spans) in days {
            let index = DAYS
                .iter()
                .position(|d| *d == name)
                .ok_or_else(|| CalendarError::Hours(format!("{name:?} is not a day; write monday … sunday")))?;
            for span in spans {
                let wrong = || CalendarError::Hours(format!("{span:?} is not a span; write 07:30-11:30"));
                let (from, to) = span.split_once('-').ok_or_else(wrong)?;
                let (from, to) = (seconds(from).ok_or_else(wrong)?, seconds(to).ok_or_else(wrong)?);
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
        let day = vec![(27_000, 41_400), (48_600, 61_200)];
        let [mon, tue, wed, thu, fri] = std::array::from_fn(|_| day.clone());
        Self {
            week: [mon, tue, wed, thu, fri, Vec::new(), Vec::new()],
        }
    }
}

fn seconds(hh_mm: &str) -> Option<i64> {
    let (h, m) = hh_mm.trim().split_once(':')?;
    let (h, m): (i64, i64) = (h.parse().ok()?, m.parse().ok()?);
    ((0..24).contains(&h) && (0..60).contains(&m)).then_some(h * 3600 + m * 60)
}

/// The calendar of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    hours: OfficeHours,
    exceptions: BTreeMap<Date, DayOff>,
    years: BTreeSet<i16>,
}

impl Calendar {
    /// A calendar from office hours, exceptions, and the years whose exceptions are all there.
    #[must_use]
    pub fn new(hours: OfficeHours, exceptions: Vec<DayOff>, years: BTreeSet<i16>) -> Self {
        Self {
            hours,
            exceptions: exceptions.into_iter().map(|d| (d.date, d)).collect(),
            years,
        }
    }

    /// Reads the list of days off: `date<tab>kind<tab>why`, a header line first, `#` before a remark. The years of
    /// the list are the years that are known.
    ///
    /// # Errors
    /// [`CalendarError`] with the line and what would be right.
    pub fn from_tsv(hours: OfficeHours, text: &str) -> Result<Self, CalendarError> {
        let (mut days, mut years) = (Vec::new(), BTreeSet::new());
        for (index, line) in text.lines().enumerate().skip(1) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: &str| CalendarError::Line {
                line: index + 1,
                what: what.to_owned(),
            };
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
            years.insert(date.year());
            days.push(DayOff { date, kind, why });
        }
        Ok(Self::new(hours, days, years))
    }

    /// When `from` counts as received: itself within office hours (their end included) or during the noon break, else
    /// the next working morning.
    fn received(&self, from: Timestamp) -> Result<DateTime, ClockError> {
        let at = local(from);
        let spans = self.spans(at.date())?;
        let now = second_of_day(at.time());
        match spans.last() {
            Some((_, close)) if now <= *close => Ok(if now < spans[0].0 {
                at_second(at.date(), spans[0].0)?
            } else {
                at
            }),
            _ => {
                let day = self.next_working_day(at.date())?;
                at_second(day, self.spans(day)?[0].0)
            }
        }
    }

    /// When a term that starts with a reception at `from` ends, day by day.
    ///
    /// What comes outside office hours is received on the next working morning.
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`] when the term reaches a year whose days off are not known.
    pub fn due(&self, from: Timestamp, term: Term) -> Result<Due, ClockError> {
        let received = self.received(from)?;
        let day = received.date();
        let mut days = Vec::new();
        let mut before = local(from).date();
        while before < day {
            days.push(Counted {
                date: before,
                counted: false,
                why: self.why_off(before)?.unwrap_or(Why::OutsideHours),
            });
            before = next(before)?;
        }
        let end = match term {
            Term::WorkingHours(hours) => {
                let wanted = i64::from(hours) * term_hour(self.standard_day());
                let due = self.after(instant(received)?, wanted)?;
                let last = local(due).date();
                let mut date = day;
                while date <= last {
                    let why = self.why_off(date)?;
                    days.push(Counted {
                        date,
                        counted: why.is_none(),
                        why: why.unwrap_or(Why::WorkingHours),
                    });
                    date = next(date)?;
                }
                return Ok(Due { due, days });
            }
            Term::WorkingDays(count) => {
                days.push(Counted {
                    date: day,
                    counted: false,
                    why: Why::ReceivedThatDay,
                });
                let (mut date, mut left) = (day, count);
                while left > 0 {
                    date = next(date)?;
                    match self.why_off(date)? {
                        Some(why) => days.push(Counted {
                            date,
                            counted: false,
                            why,
                        }),
                        None => {
                            left -= 1;
                            days.push(Counted {
                                date,
                                counted: true,
                                why: self.why_on(date),
                            });
                        }
                    }
                }
                date
            }
            Term::CalendarDays(count) => {
                let last = day.checked_add(i64::from(count).days()).map_err(|_| ClockError::OutOfRange)?;
                self.calendar_days(day, last, &mut days)?
            }
            Term::Months(count) => {
                let last = day
                    .checked_add(Span::new().months(count))
                    .map_err(|_| ClockError::OutOfRange)?;
                self.calendar_days(day, last, &mut days)?
            }
            Term::SameDay { cutoff_hour } => {
                if second_of_day(received.time()) <= i64::from(cutoff_hour) * 3600 {
                    days.push(Counted {
                        date: day,
                        counted: true,
                        why: self.why_on(day),
                    });
                    day
                } else {
                    days.push(Counted {
                        date: day,
                        counted: false,
                        why: Why::ReceivedThatDay,
                    });
                    let mut date = next(day)?;
                    while let Some(why) = self.why_off(date)? {
                        days.push(Counted {
                            date,
                            counted: false,
                            why,
                        });
                        date = next(date)?;
                    }
                    days.push(Counted {
                        date,
                        counted: true,
                        why: self.why_on(date),
                    });
                    date
                }
            }
        };
        Ok(Due {
            due: self.close(end)?,
            days,
        })
    }

    /// When a dossier that was filed at `filed` must be accepted or refused: eight working hours.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn acknowledge_by(&self, filed: Timestamp) -> Result<Timestamp, ClockError> {
        self.after(instant(self.received(filed)?)?, 8 * term_hour(self.standard_day()))
    }

    /// What is left of a term that ends at `due` when the clock stops at `at`.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn pause(&self, due: Timestamp, at: Timestamp, term: Term) -> Result<Remaining, ClockError> {
        match term {
            Term::CalendarDays(_) | Term::Months(_) => {
                let days = local(at)
                    .date()
                    .until(local(due).date())
                    .map_err(|_| ClockError::OutOfRange)?
                    .get_days();
                Ok(Remaining::Days(days))
            }
            Term::WorkingHours(_) | Term::WorkingDays(_) | Term::SameDay { .. } => {
                Ok(Remaining::Working(self.working_seconds(at, due)?))
            }
        }
    }

    /// When the term ends after the clock runs again at `at`: no working time is lost or gained.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn resume(&self, remaining: Remaining, at: Timestamp) -> Result<Timestamp, ClockError> {
        match remaining {
            Remaining::Working(seconds) if seconds > 0 => self.after(at, seconds),
            Remaining::Working(seconds) => self.before(at, -seconds),
            Remaining::Days(days) => {
                let last = local(at)
                    .date()
                    .checked_add(days.days())
                    .map_err(|_| ClockError::OutOfRange)?;
                let last = if self.is_working_day(last)? {
                    last
                } else {
                    self.next_working_day(last)?
                };
                self.close(last)
            }
        }
    }

    /// Whether people work on this day.
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`].
    pub fn is_working_day(&self, date: Date) -> Result<bool, ClockError> {
        Ok(self.why_off(date)?.is_none())
    }

    /// Working days from now to a due date, today not counted; negative when it is late.
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`].
    pub fn working_days_left(&self, now: Timestamp, due: Timestamp) -> Result<i64, ClockError> {
        let (today, last) = (local(now).date(), local(due).date());
        let (mut date, end, sign) = if today <= last { (today, last, 1) } else { (last, today, -1) };
        let mut count = 0;
        while date < end {
            date = next(date)?;
            count += i64::from(self.is_working_day(date)?);
        }
        Ok(sign * count)
    }

    /// Seconds of office hours from `from` to `to`; negative when `to` is the earlier.
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`].
    pub fn working_seconds(&self, from: Timestamp, to: Timestamp) -> Result<i64, ClockError> {
        if to < from {
            return Ok(-self.working_seconds(to, from)?);
        }
        let (from, to) = (local(from), local(to));
        let mut total = 0;
        let mut date = from.date();
        loop {
            let low = if date == from.date() { second_of_day(from.time()) } else { 0 };
            let high = if date == to.date() { second_of_day(to.time()) } else { 86_400 };
            for (open, close) in self.spans(date)? {
                total += (close.min(high) - open.max(low)).max(0);
            }
            if date >= to.date() {
                return Ok(total);
            }
            date = next(date)?;
        }
    }

    /// The moment `seconds` of office hours after `from`.
    fn after(&self, from: Timestamp, mut seconds: i64) -> Result<Timestamp, ClockError> {
        let from = local(from);
        let mut date = from.date();
        let mut low = second_of_day(from.time());
        loop {
            for (open, close) in self.spans(date)? {
                let span = (close - open.max(low)).max(0);
                if span > 0 && seconds <= span {
                    return instant(at_second(date, open.max(low) + seconds)?);
                }
                seconds -= span;
            }
            date = next(date)?;
            low = 0;
        }
    }

    /// The moment `seconds` of office hours before `at`; with zero, the last moment of work up to `at`.
    fn before(&self, at: Timestamp, mut seconds: i64) -> Result<Timestamp, ClockError> {
        let at = local(at);
        let mut date = at.date();
        let mut high = second_of_day(at.time());
        loop {
            for (open, close) in self.spans(date)?.into_iter().rev() {
                let span = (close.min(high) - open).max(0);
                if span > 0 && seconds < span {
                    return instant(at_second(date, close.min(high) - seconds)?);
                }
                seconds -= span;
            }
            date = date.yesterday().map_err(|_| ClockError::OutOfRange)?;
            high = 86_400;
        }
    }

    fn calendar_days(&self, day: Date, last: Date, days: &mut Vec<Counted>) -> Result<Date, ClockError> {
        days.push(Counted {
            date: day,
            counted: false,
            why: Why::ReceivedThatDay,
        });
        let mut date = day;
        while date < last {
            date = next(date)?;
            days.push(Counted {
                date,
                counted: true,
                why: Why::CalendarDay,
            });
        }
        if self.is_working_day(date)? || date == day {
            return Ok(date);
        }
        loop {
            date = next(date)?;
            match self.why_off(date)? {
                Some(why) => days.push(Counted {
                    date,
                    counted: false,
                    why,
                }),
                None => {
                    days.push(Counted {
                        date,
                        counted: true,
                        why: Why::LastDayMoved,
                    });
                    return Ok(date);
                }
            }
        }
    }

    fn next_working_day(&self, date: Date) -> Result<Date, ClockError> {
        let mut date = next(date)?;
        while !self.is_working_day(date)? {
            date = next(date)?;
        }
        Ok(date)
    }

    /// Why a day is off; none for a working day.
    fn why_off(&self, date: Date) -> Result<Option<Why>, ClockError> {
        if !self.years.contains(&date.year()) {
            return Err(ClockError::UnknownYear(date.year()));
        }
        Ok(match self.exceptions.get(&date) {
            Some(DayOff {
                kind: DayOffKind::Off,
                why,
                ..
            }) => Some(Why::DayOff(why.clone())),
            Some(DayOff {
                kind: DayOffKind::Makeup,
                ..
            }) => None,
            None if self.hours.week[index(date.weekday())].is_empty() => Some(Why::Weekend),
            None => None,
        })
    }

    fn why_on(&self, date: Date) -> Why {
        self.exceptions
            .get(&date)
            .map_or(Why::Working, |d| Why::Makeup(d.why.clone()))
    }

    /// Office hours of one day; none when it is off. A day worked in exchange has Monday's hours.
    fn spans(&self, date: Date) -> Result<Vec<(i64, i64)>, ClockError> {
        if self.why_off(date)?.is_some() {
            return Ok(Vec::new());
        }
        let own = &self.hours.week[index(date.weekday())];
        Ok(if own.is_empty() {
            self.hours.week[0].clone()
        } else {
            own.clone()
        })
    }

    /// Seconds of office hours of a whole working day.
    fn standard_day(&self) -> i64 {
        self.hours.week[0].iter().map(|(open, close)| close - open).sum()
    }

    fn close(&self, date: Date) -> Result<Timestamp, ClockError> {
        let end = self.spans(date)?.last().map_or(0, |(_, close)| *close);
        instant(at_second(date, end)?)
    }
}

fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

fn next(date: Date) -> Result<Date, ClockError> {
    date.tomorrow().map_err(|_| ClockError::OutOfRange)
}

/// Whole seconds since midnight: a fraction of a second never decides about a term.
fn second_of_day(time: Time) -> i64 {
    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

fn at_second(date: Date, second: i64) -> Result<DateTime, ClockError> {
    date.to_datetime(Time::midnight())
        .checked_add(second.seconds())
        .map_err(|_| ClockError::OutOfRange)
}

fn instant(at: DateTime) -> Result<Timestamp, ClockError> {
    TIME_ZONE.to_timestamp(at).map_err(|_| ClockError::OutOfRange)
}
