//! A term that runs: it stops, runs again, is extended, and is computed anew when working time changes.

use super::calendar::{Calendar, ClockError, next};
use super::local;
use super::term::{Counted, Due, Remaining, Still, Term, Why};
use jiff::Timestamp;
use jiff::civil::Date;

/// What happened to a term since it began, at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The clock stopped.
    Stopped(Still),
    /// The clock ran again.
    Resumed,
    /// The term was made longer.
    Extended(Term),
}

/// Where a term stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// When it ends; while the clock stands still, when it would have ended.
    pub due: Timestamp,
    /// What is left while the clock stands still.
    pub remaining: Option<Remaining>,
}

impl Calendar {
    /// Where a term stands that began at `accepted`, by this calendar, after all that happened to it: the same whenever it
    /// is computed.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn replay(&self, accepted: Timestamp, term: Term, marks: &[(Timestamp, Mark)]) -> Result<Running, ClockError> {
        let mut running = Running {
            due: self.due(accepted, term)?.due,
            remaining: None,
        };
        for (at, mark) in marks {
            match (mark, running.remaining) {
                (Mark::Stopped(_), None) => running.remaining = Some(self.pause(running.due, *at, term)?),
                (Mark::Resumed, Some(left)) => {
                    running = Running {
                        due: self.resume(left, *at)?,
                        remaining: None,
                    };
                }
                (Mark::Extended(by), _) => running.due = self.extend(running.due, *by)?,
                _ => {}
            }
        }
        Ok(running)
    }

    /// When a term that ends at `due` ends after it was made longer: so many working days, or calendar days of which a
    /// last one that is off moves on.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn extend(&self, due: Timestamp, by: Term) -> Result<Timestamp, ClockError> {
        Ok(self.due(due, by)?.due)
    }

    /// A term day by day from its beginning to its end, with the days on which the clock stood still.
    ///
    /// # Errors
    /// As [`Calendar::due`].
    pub fn account(&self, accepted: Timestamp, term: Term, marks: &[(Timestamp, Mark)]) -> Result<Due, ClockError> {
        let first = self.due(accepted, term)?;
        if marks.is_empty() {
            return Ok(first);
        }
        let running = self.replay(accepted, term, marks)?;
        let mut days = Vec::new();
        let end = match marks.last() {
            // The clock stands still: the account ends with the day on which it stopped.
            Some((at, Mark::Stopped(_))) => local(*at).date(),
            _ => local(running.due).date(),
        };
        let mut planned = first.due;
        let mut date = local(accepted).date();
        let calendar_days = matches!(term, Term::CalendarDays(_) | Term::Months(_));
        while date <= end {
            for (at, mark) in marks {
                if let Mark::Extended(by) = mark
                    && local(*at).date() == date
                {
                    planned = self.extend(planned, *by)?;
                }
            }
            let listed = first.days.iter().find(|d| d.date == date);
            let day = match (self.stood_still(date, marks)?, listed) {
                (Some((still, true)), _) => Counted {
                    date,
                    counted: false,
                    why: Why::StoodStill(still),
                },
                (Some((still, false)), _) => Counted {
                    date,
                    counted: true,
                    why: Why::PartlyStill(still),
                },
                (None, Some(day)) => day.clone(),
                (None, None) => match self.why_off(date)? {
                    Some(why) if !calendar_days => Counted {
                        date,
                        counted: false,
                        why,
                    },
                    _ if calendar_days => Counted {
                        date,
                        counted: !self.is_suspended(date),
                        why: self.why_suspended(date).unwrap_or(Why::CalendarDay),
                    },
                    _ => Counted {
                        date,
                        counted: true,
                        why: self.why_on(date),
                    },
                },
            };
            days.push(day);
            date = next(date)?;
        }
        Ok(Due { due: running.due, days })
    }

    /// Why the clock stood still on a working day, and whether all of its office hours.
    fn stood_still(&self, date: Date, marks: &[(Timestamp, Mark)]) -> Result<Option<(Still, bool)>, ClockError> {
        let (mut stood, mut why) = (0, None);
        let mut whole = 0;
        for (open, close) in self.spans(date)? {
            whole += close - open;
            let mut since: Option<(Timestamp, Still)> = None;
            for (at, mark) in marks.iter().copied().chain([(Timestamp::MAX, Mark::Resumed)]) {
                match (mark, since) {
                    (Mark::Stopped(still), None) => since = Some((at, still)),
                    (Mark::Resumed, Some((from, still))) => {
                        let (low, high) = (super::calendar::at(date, *open)?, super::calendar::at(date, *close)?);
                        let overlap = at.min(high).as_microsecond() - from.max(low).as_microsecond();
                        if overlap > 0 {
                            stood += overlap;
                            why = Some(still);
                        }
                        since = None;
                    }
                    _ => {}
                }
            }
        }
        Ok(why.map(|still| (still, stood >= whole)))
    }
}
