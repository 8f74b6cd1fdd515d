//! When a term ends, and how it stops and runs again.

use super::calendar::{Calendar, ClockError, at, next, of_day};
use super::local;
use super::term::{Counted, Due, Remaining, Term, Why};
use jiff::civil::Date;
use jiff::{Span, Timestamp};

impl Calendar {
    /// When a term that starts with an acceptance at `from` ends, day by day.
    ///
    /// - Working hours run at once (Civil Code 2015, article 147.1); outside office hours, from the next working
    ///   morning (in the noon break: from the afternoon).
    /// - Days and months: the day of acceptance is not counted, at whatever hour and on whatever day it happened; the
    ///   first day is the one after it (article 147.2). So what is accepted at 20:00, or on a Saturday, starts its clock on
    ///   the next working morning, which is its first working day.
    /// - A calendar day would last until 24:00 (article 148.6): the term ends with the office hours of its last day, when the
    ///   result can still be handed over, thus never later than the law says. A last day that is off moves on to
    ///   the next working day (article 148.5). A month ends on the day of the same number, or its last day (article 148.3).
    /// - Same day: up to the hour (that hour's full stroke included); after it, or outside working days, the next working day.
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`] when the term touches a year whose days off are not known.
    pub fn due(&self, from: Timestamp, term: Term) -> Result<Due, ClockError> {
        let day = local(from).date();
        let mut days = Vec::new();
        let last = match term {
            Term::WorkingHours(hours) => return self.working_hours(from, hours),
            // No time at all still leaves the day to hand over the result.
            Term::WorkingDays(0) | Term::CalendarDays(0) | Term::Months(0) => self.same_day(from, i8::MAX, &mut days)?,
            Term::WorkingDays(count) => self.working_days(day, count, &mut days)?,
            Term::CalendarDays(count) => {
                let last = self.add_days(day, i64::from(count))?;
                self.calendar_days(day, last, &mut days)?
            }
            Term::Months(count) => {
                let span = Span::new().try_months(count).map_err(|_| ClockError::OutOfRange)?;
                let last = day.checked_add(span).map_err(|_| ClockError::OutOfRange)?;
                let length = day.until(last).map_err(|_| ClockError::OutOfRange)?.get_days();
                let last = self.add_days(day, i64::from(length))?;
                self.calendar_days(day, last, &mut days)?
            }
            Term::SameDay { cutoff_hour } => self.same_day(from, cutoff_hour, &mut days)?,
        };
        let due = self.close(last)?;
        Ok(Due { due, days })
    }

    /// The same, where what comes after the hour, or on a day off, is received on the next working day and its own day is
    /// not the first ("hồ sơ tiếp nhận sau 15 giờ", Decree 123/2015, article 9 and the like): a day of grace for the office.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn due_with_cutoff(&self, from: Timestamp, term: Term, cutoff_hour: i8) -> Result<Due, ClockError> {
        if matches!(
            term,
            Term::WorkingDays(0) | Term::CalendarDays(0) | Term::Months(0) | Term::SameDay { .. }
        ) {
            return self.due(from, Term::SameDay { cutoff_hour });
        }
        let (day, time) = (local(from).date(), of_day(local(from).time()));
        let in_time = self.is_working_day(day)? && time <= i64::from(cutoff_hour) * 3_600_000_000;
        if in_time || matches!(term, Term::WorkingHours(_)) {
            return self.due(from, term);
        }
        let received = self.next_working_day(day)?;
        let mut late = vec![skipped(day, self.why_off(day)?.unwrap_or(Why::AfterCutoff(cutoff_hour)))];
        let mut date = next(day)?;
        while date < received {
            late.push(skipped(date, self.why_off(date)?.unwrap_or(Why::Weekend)));
            date = next(date)?;
        }
        let mut due = self.due(at(received, 0)?, term)?;
        late.append(&mut due.days);
        due.days = late;
        Ok(due)
    }

    /// When a dossier that was filed at `filed` must be accepted or refused: eight working hours.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn acknowledge_by(&self, filed: Timestamp) -> Result<Timestamp, ClockError> {
        self.after(filed, self.hours().term(local(filed).date(), 8))
    }

    /// What is left of a term that ends at `due` when the clock stops at `at`.
    ///
    /// What is late is late by office time, in every kind of term: so a stop never makes it be in time again. A term of
    /// days is in time up to its last moment, that moment included (Civil Code 2015, article 148.6): what stops then has
    /// no further day left, and still its last one.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn pause(&self, due: Timestamp, at: Timestamp, term: Term) -> Result<Remaining, ClockError> {
        match term {
            Term::CalendarDays(_) | Term::Months(_) if at <= due => {
                let (mut date, last, mut left) = (local(at).date(), local(due).date(), 0);
                while date < last {
                    date = next(date)?;
                    left += i32::from(!self.is_suspended(date));
                }
                Ok(Remaining::Days(left))
            }
            _ => Ok(Remaining::Working(self.working_micros(at, due)?)),
        }
    }

    /// When the term ends after the clock runs again at `at`: no working time is lost or gained. In terms of
    /// calendar days, each midnight that the clock stood still adds one day, and a last day that is off moves on.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn resume(&self, remaining: Remaining, at: Timestamp) -> Result<Timestamp, ClockError> {
        match remaining {
            Remaining::Working(micros) if micros > 0 => self.after(at, micros),
            Remaining::Working(micros) => self.before(at, micros.saturating_neg()),
            Remaining::Days(days) => {
                let last = self.add_days(local(at).date(), i64::from(days))?;
                let close = if self.is_working_day(last)? {
                    self.close(last)?
                } else {
                    self.close(self.next_working_day(last)?)?
                };
                if close < at {
                    // Answered in the evening of the last day: the rest is the next working day.
                    return self.close(self.next_working_day(last)?);
                }
                Ok(close)
            }
        }
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

    /// Whole seconds of office hours from `from` to `to`; negative when `to` is the earlier.
    ///
    /// # Errors
    /// [`ClockError::UnknownYear`].
    pub fn working_seconds(&self, from: Timestamp, to: Timestamp) -> Result<i64, ClockError> {
        Ok(self.working_micros(from, to)? / 1_000_000)
    }

    fn working_micros(&self, from: Timestamp, to: Timestamp) -> Result<i64, ClockError> {
        if to < from {
            return Ok(-self.working_micros(to, from)?);
        }
        let (from, to) = (local(from), local(to));
        let mut total = 0;
        let mut date = from.date();
        loop {
            let low = if date == from.date() { of_day(from.time()) } else { 0 };
            let high = if date == to.date() { of_day(to.time()) } else { i64::MAX };
            for (open, close) in self.spans(date)? {
                total += ((*close).min(high) - (*open).max(low)).max(0);
            }
            if date >= to.date() {
                return Ok(total);
            }
            date = next(date)?;
        }
    }

    /// The first moment at which `micros` of office time have passed since `from`; with none, the first moment of work
    /// from then on.
    fn after(&self, from: Timestamp, mut micros: i64) -> Result<Timestamp, ClockError> {
        let from = local(from);
        let mut date = from.date();
        let mut low = of_day(from.time());
        loop {
            for (open, close) in self.spans(date)? {
                let span = (close - (*open).max(low)).max(0);
                if span > 0 && micros <= span {
                    return at(date, (*open).max(low) + micros);
                }
                micros -= span;
            }
            date = next(date)?;
            low = 0;
        }
    }

    /// The first moment since which `micros` of office time have passed until `to`; with none, the last moment of work
    /// up to `to`.
    fn before(&self, to: Timestamp, mut micros: i64) -> Result<Timestamp, ClockError> {
        let to = local(to);
        let mut date = to.date();
        let mut high = of_day(to.time());
        loop {
            for (open, close) in self.spans(date)?.iter().rev() {
                let end = (*close).min(high);
                let span = (end - open).max(0);
                // All of a half-day reaches back to the end of the one before it.
                if span > 0 && micros < span {
                    return at(date, end - micros);
                }
                micros -= span;
            }
            date = date.yesterday().map_err(|_| ClockError::OutOfRange)?;
            high = i64::MAX;
        }
    }

    /// The date so many days after another; days on which terms stand still do not count.
    fn add_days(&self, date: Date, count: i64) -> Result<Date, ClockError> {
        let plus = |date: Date, count: i64| {
            let span = Span::new().try_days(count).map_err(|_| ClockError::OutOfRange)?;
            date.checked_add(span).map_err(|_| ClockError::OutOfRange)
        };
        let mut last = plus(date, count)?;
        // Each day that stands still within the term makes it a day longer, which may take in one more.
        let mut day = date;
        while day < last {
            if last.duration_since(day).as_hours() > 24 * 366 * 20 {
                // Beyond any year that is known: the account says so.
                return Ok(last);
            }
            day = next(day)?;
            if self.is_suspended(day) {
                last = plus(last, 1)?;
            }
        }
        Ok(last)
    }

    fn working_hours(&self, from: Timestamp, hours: u32) -> Result<Due, ClockError> {
        let due = self.after(from, self.hours().term(local(from).date(), hours))?;
        let (mut date, last) = (local(from).date(), local(due).date());
        let closed = self
            .spans(date)?
            .last()
            .is_some_and(|(_, close)| of_day(local(from).time()) >= *close);
        let mut days = Vec::new();
        if closed && date < last {
            days.push(skipped(date, Why::OutsideHours));
            date = next(date)?;
        }
        while date <= last {
            days.push(match self.why_off(date)? {
                Some(why) => skipped(date, why),
                None => counted(date, Why::WorkingHours),
            });
            date = next(date)?;
        }
        Ok(Due { due, days })
    }

    fn working_days(&self, day: Date, count: u32, days: &mut Vec<Counted>) -> Result<Date, ClockError> {
        days.push(skipped(day, Why::ReceivedThatDay));
        let (mut date, mut left) = (day, count);
        // The day of acceptance is not counted, but its year must be known like all others.
        self.is_working_day(day)?;
        while left > 0 {
            date = next(date)?;
            days.push(match self.why_off(date)? {
                Some(why) => skipped(date, why),
                None => {
                    left -= 1;
                    counted(date, self.why_on(date))
                }
            });
        }
        Ok(date)
    }

    fn calendar_days(&self, day: Date, last: Date, days: &mut Vec<Counted>) -> Result<Date, ClockError> {
        self.is_working_day(day)?;
        days.push(skipped(day, Why::ReceivedThatDay));
        let mut date = day;
        while date < last {
            date = next(date)?;
            self.is_working_day(date)?;
            days.push(match self.why_suspended(date) {
                Some(why) => skipped(date, why),
                None => counted(date, Why::CalendarDay),
            });
        }
        self.move_on(date, days)
    }

    fn same_day(&self, from: Timestamp, cutoff_hour: i8, days: &mut Vec<Counted>) -> Result<Date, ClockError> {
        let (day, time) = (local(from).date(), of_day(local(from).time()));
        let close = self.spans(day)?.last().map_or(0, |(_, close)| *close);
        if time <= close && time <= i64::from(cutoff_hour) * 3_600_000_000 {
            days.push(counted(day, self.why_on(day)));
            return Ok(day);
        }
        days.push(skipped(day, self.why_off(day)?.unwrap_or(Why::ReceivedThatDay)));
        let mut date = next(day)?;
        while let Some(why) = self.why_off(date)? {
            days.push(skipped(date, why));
            date = next(date)?;
        }
        days.push(counted(date, self.why_on(date)));
        Ok(date)
    }

    /// The day itself, or the first working day after it when it is off.
    fn move_on(&self, last: Date, days: &mut Vec<Counted>) -> Result<Date, ClockError> {
        let mut date = last;
        while !self.is_working_day(date)? {
            date = next(date)?;
            days.push(skipped(date, self.why_off(date)?.unwrap_or(Why::LastDayMoved)));
        }
        Ok(date)
    }
}

fn counted(date: Date, why: Why) -> Counted {
    Counted {
        date,
        counted: true,
        why,
    }
}

fn skipped(date: Date, why: Why) -> Counted {
    Counted {
        date,
        counted: false,
        why,
    }
}
