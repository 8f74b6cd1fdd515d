//! Terms, and the day-by-day account of a due date.

use super::local;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long the law gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Working hours; eight of them are one working day, whatever the office hours are, and the rest are clock hours.
    WorkingHours(u32),
    /// Working days: the day of acceptance is not counted, the last one ends with its office hours.
    WorkingDays(u32),
    /// Calendar days (Civil Code 2015, articles 147 and 148): a last day that is off moves on.
    CalendarDays(u32),
    /// Months: ends on the day of the same number, or the month's last (Civil Code 2015, article 148).
    Months(u32),
    /// The same day when accepted up to the hour, else the next working day (Law on civil status: 15 o'clock).
    SameDay {
        /// The last hour that still counts for the same day.
        cutoff_hour: i8,
    },
}

/// Why a day counts, or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The day of acceptance (Civil Code 2015, article 147: the term starts the day after).
    ReceivedThatDay,
    /// It came outside office hours: received on the next working morning.
    OutsideHours,
    /// A working day.
    Working,
    /// A day of rest made a working day in exchange.
    Makeup(String),
    /// Saturday or Sunday.
    Weekend,
    /// An official day off, with its name.
    DayOff(String),
    /// A calendar day.
    CalendarDay,
    /// The last day was off: the term ends on this one instead (Civil Code 2015, article 148).
    LastDayMoved,
    /// A part of the working hours falls on this day.
    WorkingHours,
    /// Half of the day is off, the other half is worked.
    HalfDay(String),
    /// A decision lets the terms of this class of dossiers stand still.
    Suspended(String),
    /// It came after the hour up to which the day counts: received on the next working day.
    AfterCutoff(i8),
    /// The clock stood still all day.
    StoodStill(Still),
    /// The clock stood still for a part of the day.
    PartlyStill(Still),
}

/// For what the clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Still {
    /// For the person's answer to a supplement request.
    Supplement,
    /// For a payment that the law says comes first.
    Payment,
}

impl Why {
    /// The reason in plain English, for machines and commands.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::ReceivedThatDay => "day of receipt, not counted".to_owned(),
            Self::OutsideHours => "outside office hours, received the next working morning".to_owned(),
            Self::Working => "working day".to_owned(),
            Self::Makeup(why) => format!("working day in exchange ({why})"),
            Self::Weekend => "weekend".to_owned(),
            Self::DayOff(why) => format!("day off ({why})"),
            Self::CalendarDay => "calendar day".to_owned(),
            Self::LastDayMoved => "the last day was off, moved here".to_owned(),
            Self::WorkingHours => "working hours".to_owned(),
            Self::HalfDay(why) => format!("half of the day is off ({why})"),
            Self::Suspended(why) => format!("terms stand still ({why})"),
            Self::AfterCutoff(hour) => format!("received after {hour}:00, counts as the next working day"),
            Self::StoodStill(still) => format!("the clock stood still, waiting for {}", still.sentence()),
            Self::PartlyStill(still) => format!("working day; for a part of it waiting for {}", still.sentence()),
        }
    }
}

impl Still {
    fn sentence(self) -> &'static str {
        match self {
            Self::Supplement => "the person's supplement",
            Self::Payment => "a payment",
        }
    }
}

/// One day of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The day.
    pub date: Date,
    /// Whether it counts.
    pub counted: bool,
    /// Why.
    pub why: Why,
}

/// A due date that explains itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// When the term ends.
    pub due: Timestamp,
    /// Every day from receipt to the end.
    pub days: Vec<Counted>,
}

impl Due {
    /// The account as JSON: `{"due": "2020-04-06T17:00", "days": [{"date", "counted", "why"}…]}`, in local time.
    #[must_use]
    pub fn explain_json(&self) -> serde_json::Value {
        let days: Vec<_> = self
            .days
            .iter()
            .map(|d| serde_json::json!({ "date": d.date.to_string(), "counted": d.counted, "why": d.why.sentence() }))
            .collect();
        serde_json::json!({ "due": local(self.due).strftime("%Y-%m-%dT%H:%M").to_string(), "days": days })
    }
}

/// What is left of a term when the clock stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remaining {
    /// Microseconds of office time; negative or none when it was late already.
    Working(i64),
    /// Calendar days, of a term that is not late.
    Days(i32),
}
