//! A service that takes no new requests for a while, or from a day on.

use super::{Sheet, Text};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Since when, until when, and why a service takes no new requests. What was filed before goes on; drafts are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// The first day on which nothing new is taken.
    #[schemars(with = "String", extend("format" = "date"))]
    pub from: Date,
    /// The last such day; none where nobody knows yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub until: Option<Date>,
    /// Why, and what to do meanwhile.
    pub reason: Text,
}

impl Closed {
    /// Whether nothing new is taken on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it will hold after a day and does not yet: people are told beforehand.
    #[must_use]
    pub fn is_ahead(&self, day: Date) -> bool {
        day < self.from
    }
}

impl Sheet {
    /// Why nothing new is taken on a day; none on a day on which it is.
    #[must_use]
    pub fn closed_on(&self, day: Date) -> Option<&Closed> {
        self.closed.as_ref().filter(|closed| closed.holds_on(day))
    }
}

#[cfg(test)]
mod tests {
    use super::{Closed, Text};
    use jiff::civil::date;

    #[test]
    fn both_days_are_included_and_without_an_end_it_stays_closed() {
        let mut closed = Closed {
            from: date(2020, 5, 1),
            until: Some(date(2020, 5, 10)),
            reason: Text::same("Chờ quy định mới"),
        };
        for (day, holds, ahead) in [
            (date(2020, 4, 30), false, true),
            (date(2020, 5, 1), true, false),
            (date(2020, 5, 10), true, false),
            (date(2020, 5, 11), false, false),
        ] {
            assert_eq!((closed.holds_on(day), closed.is_ahead(day)), (holds, ahead), "{day}");
        }
        closed.until = None;
        assert!(closed.holds_on(date(2030, 1, 1)));
    }
}
