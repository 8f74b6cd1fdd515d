//! The legal clock: how working time is counted.
//!
//! Civil Code 2015, articles 144–148; Decree 61/2018; office hours by the province.

mod calendar;
mod decision;
mod due;
mod hours;
mod running;
mod term;

pub use calendar::{Calendar, CalendarError, ClockError, DayOff, DayOffKind};
pub use decision::{ClockDecision, DecisionKind};
pub use hours::OfficeHours;
pub use running::{Mark, Running};
pub use term::{Counted, Due, Remaining, Still, Term, Why};

/// The time zone of every date in the province (no summer time).
pub const TIME_ZONE: jiff::tz::TimeZone = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));

/// The civil date and time in Viet Nam at an instant.
#[must_use]
pub fn local(at: jiff::Timestamp) -> jiff::civil::DateTime {
    TIME_ZONE.to_datetime(at)
}
