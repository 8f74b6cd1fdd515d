//! The clock stops with a supplement request and runs again with the answer: no working time is lost or gained.

use crate::clock::{at, calendar};
use crate::clock_property::{instants, terms};
use motcua_model::clock::{Remaining, Term, local};
use proptest::prelude::*;

fn after_stop(due: &str, stop: &str, go: &str, term: Term) -> String {
    let c = calendar();
    let left = c.pause(at(due), at(stop), term).unwrap();
    local(c.resume(left, at(go)).unwrap()).strftime("%Y-%m-%d %H:%M").to_string()
}

#[test]
fn a_stop_moves_the_due_date_by_the_working_time_it_lasted() {
    let five = Term::WorkingDays(5);
    for (due, stop, go, expected) in [
        // Asked at 10:00 and answered at 11:00: one hour of work.
        ("2020-03-09 17:00", "2020-03-03 10:00", "2020-03-03 11:00", "2020-03-10 08:30"),
        // A whole day.
        ("2020-03-09 17:00", "2020-03-03 10:00", "2020-03-04 10:00", "2020-03-10 17:00"),
        // Over the noon break, the evening or the weekend nobody works: nothing moves.
        ("2020-03-09 17:00", "2020-03-03 11:30", "2020-03-03 13:30", "2020-03-09 17:00"),
        ("2020-03-09 17:00", "2020-03-03 17:00", "2020-03-04 07:30", "2020-03-09 17:00"),
        ("2020-03-09 17:00", "2020-03-03 19:00", "2020-03-03 23:00", "2020-03-09 17:00"),
        ("2020-03-09 17:00", "2020-03-06 18:00", "2020-03-08 12:00", "2020-03-09 17:00"),
        // Over a holiday.
        ("2020-04-07 17:00", "2020-04-01 17:00", "2020-04-03 07:30", "2020-04-07 17:00"),
        ("2020-04-07 17:00", "2020-04-01 16:00", "2020-04-03 08:30", "2020-04-08 09:30"),
        // Answered in the evening: the rest runs from the next working morning.
        ("2020-03-09 17:00", "2020-03-09 16:00", "2020-03-10 20:00", "2020-03-11 08:30"),
        ("2020-03-09 17:00", "2020-03-09 07:30", "2020-03-14 10:00", "2020-03-16 17:00"),
        // A month of waiting.
        ("2020-03-09 17:00", "2020-03-09 09:00", "2020-04-09 09:00", "2020-04-09 17:00"),
    ] {
        assert_eq!(after_stop(due, stop, go, five), expected, "{due} {stop} {go}");
    }
}

#[test]
fn what_was_late_stays_as_late_as_it_was() {
    for term in [Term::WorkingDays(5), Term::CalendarDays(5), Term::Months(1)] {
        // Late by an hour of work when asked.
        assert_eq!(
            after_stop("2020-03-09 17:00", "2020-03-10 08:30", "2020-03-12 09:00", term),
            "2020-03-12 08:00",
            "{term:?}"
        );
        // Late by an evening, in which nobody works: due when it runs again, and no later.
        assert_eq!(
            after_stop("2020-03-09 17:00", "2020-03-09 20:00", "2020-03-12 09:00", term),
            "2020-03-12 09:00",
            "{term:?}"
        );
        // The answer comes at a weekend.
        assert_eq!(
            after_stop("2020-03-09 17:00", "2020-03-10 08:30", "2020-03-14 09:00", term),
            "2020-03-13 16:00",
            "{term:?}"
        );
    }
}

#[test]
fn a_term_of_calendar_days_gets_the_days_of_the_stop() {
    let month = Term::CalendarDays(30);
    for (due, stop, go, expected) in [
        ("2020-03-12 17:00", "2020-03-03 10:00", "2020-03-03 16:00", "2020-03-12 17:00"),
        ("2020-03-12 17:00", "2020-03-03 10:00", "2020-03-04 09:00", "2020-03-13 17:00"),
        ("2020-03-12 17:00", "2020-03-03 10:00", "2020-03-05 09:00", "2020-03-16 17:00"),
        ("2020-03-12 17:00", "2020-03-03 10:00", "2020-03-24 09:00", "2020-04-03 17:00"),
    ] {
        assert_eq!(after_stop(due, stop, go, month), expected, "{go}");
    }
}

/// Received on Monday evening for one day, stopped with that day's first minute, answered on Thursday at the stroke of
/// 17:00 and stopped again at once until Friday: found by chance in the property below.
#[test]
fn a_stop_at_the_last_moment_of_a_term_of_days_leaves_its_last_day() {
    let day = Term::CalendarDays(1);
    let c = calendar();
    let due = c.due(at("2025-01-06 19:14"), day).unwrap().due;
    assert_eq!(due, at("2025-01-07 17:00"));
    assert_eq!(
        after_stop("2025-01-07 17:00", "2025-01-07 00:00", "2025-01-10 00:00", day),
        "2025-01-10 17:00"
    );
    assert_eq!(
        after_stop("2025-01-07 17:00", "2025-01-07 00:00", "2025-01-09 17:00", day),
        "2025-01-09 17:00"
    );
    // Not late at its last moment: the day that is left is the one on which it runs again.
    assert_eq!(
        after_stop("2025-01-09 17:00", "2025-01-09 17:00", "2025-01-10 00:00", day),
        "2025-01-10 17:00"
    );
    // A moment later it is late, by no office time.
    assert_eq!(
        after_stop("2025-01-09 17:00", "2025-01-09 17:01", "2025-01-10 00:00", day),
        "2025-01-09 17:00"
    );
}

#[test]
fn what_is_left_is_kept_in_the_journal_under_a_stable_name() {
    for (left, json) in [
        (Remaining::Working(-5), "{\"working\":-5}"),
        (Remaining::Days(3), "{\"days\":3}"),
    ] {
        assert_eq!(serde_json::to_string(&left).unwrap(), json);
        assert_eq!(serde_json::from_str::<Remaining>(json).unwrap(), left);
    }
    for (term, json) in [
        (Term::WorkingDays(5), "{\"working_days\":5}"),
        (Term::SameDay { cutoff_hour: 15 }, "{\"same_day\":{\"cutoff_hour\":15}}"),
    ] {
        assert_eq!(serde_json::to_string(&term).unwrap(), json);
        assert_eq!(serde_json::from_str::<Term>(json).unwrap(), term);
    }
}

fn working(term: &Term) -> bool {
    !matches!(term, Term::CalendarDays(_) | Term::Months(_))
}

proptest! {
    #[test]
    fn a_stop_of_no_length_changes_nothing(from in instants(), term in terms(), stop in 0_i64..4_000) {
        let c = calendar();
        let due = c.due(from, term).unwrap().due;
        let stop = from + jiff::SignedDuration::from_mins(stop * 7);
        let left = c.pause(due, stop, term).unwrap();
        prop_assert_eq!(c.resume(left, stop).unwrap(), due);
    }

    #[test]
    fn stopped_or_not_the_office_has_the_same_working_time(
        from in instants(), term in terms().prop_filter("working time", working), stop in 0_i64..9_000_000_000, wait in 0_i64..5_000_000_000
    ) {
        let c = calendar();
        let due = c.due(from, term).unwrap().due;
        let stop = from + jiff::SignedDuration::from_micros(stop);
        let go = stop + jiff::SignedDuration::from_micros(wait);
        let moved = c.resume(c.pause(due, stop, term).unwrap(), go).unwrap();
        let whole = c.working_seconds(from, due).unwrap();
        let before = c.working_seconds(from, stop).unwrap();
        let after = c.working_seconds(go, moved).unwrap();
        // Three sums of whole seconds.
        prop_assert!((whole - before - after).abs() <= 2, "{} {} {}", whole, before, after);
        prop_assert!(moved >= due);
    }

    #[test]
    fn one_long_stop_and_two_that_touch_are_the_same(
        from in instants(), term in terms(), stop in 0_i64..20_000, wait in 0_i64..20_000, more in 0_i64..20_000
    ) {
        let c = calendar();
        let minutes = jiff::SignedDuration::from_mins;
        let due = c.due(from, term).unwrap().due;
        let stop = from + minutes(stop);
        let (middle, go) = (stop + minutes(wait), stop + minutes(wait + more));
        let long = c.resume(c.pause(due, stop, term).unwrap(), go).unwrap();
        let short = c.resume(c.pause(due, stop, term).unwrap(), middle).unwrap();
        let twice = c.resume(c.pause(short, middle, term).unwrap(), go).unwrap();
        if working(&term) {
            prop_assert_eq!(long, twice);
        } else {
            // A last day that moved on is kept, so the second stop may only add.
            prop_assert!(twice >= long);
        }
    }

    #[test]
    fn who_answers_later_is_due_later(from in instants(), term in terms(), stop in 0_i64..20_000, a in 0_i64..50_000, b in 0_i64..50_000) {
        let c = calendar();
        let minutes = jiff::SignedDuration::from_mins;
        let due = c.due(from, term).unwrap().due;
        let left = c.pause(due, from + minutes(stop), term).unwrap();
        let go = |wait: i64| c.resume(left, from + minutes(stop + wait)).unwrap();
        prop_assert!(go(a.min(b)) <= go(a.max(b)));
    }
}
