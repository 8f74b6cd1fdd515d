//! Civil Code 2015, articles 144–148; Decree 61/2018. Days off from the official list 2018–2026.

use jiff::Timestamp;
use motcua_model::clock::{Calendar, ClockError, OfficeHours, TIME_ZONE, Term, local};
use proptest::prelude::*;

fn calendar() -> Calendar {
    Calendar::from_tsv(
        OfficeHours::default(),
        include_str!("../../../../catalogue/calendars/days-off.tsv"),
    )
    .unwrap()
}

fn at(text: &str) -> Timestamp {
    TIME_ZONE.to_timestamp(text.parse().unwrap()).unwrap()
}

fn due(from: &str, term: Term) -> String {
    local(calendar().due(at(from), term).unwrap().due)
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

fn check(term: fn(u32) -> Term, examples: &[(&str, u32, &str)]) {
    for (from, count, expected) in examples {
        assert_eq!(due(from, term(*count)), *expected, "from {from}, {count}");
    }
}

#[test]
fn the_day_of_acceptance_is_not_counted_and_the_last_day_ends_with_office_hours() {
    check(
        Term::WorkingDays,
        &[
            ("2020-03-23T09:00", 1, "2020-03-24T17:00"),
            ("2020-03-23T07:30", 3, "2020-03-26T17:00"),
            ("2020-03-23T16:59", 3, "2020-03-26T17:00"),
            ("2020-03-23T12:00", 3, "2020-03-26T17:00"),
            ("2020-03-20T09:00", 1, "2020-03-23T17:00"),
            ("2020-03-20T09:00", 5, "2020-03-27T17:00"),
            // The Hùng Kings' day (2/4/2020, a Thursday) lies in between.
            ("2020-03-30T09:00", 5, "2020-04-07T17:00"),
            // 30/4 and 1/5/2020 with the weekend after them.
            ("2020-04-29T10:00", 1, "2020-05-04T17:00"),
            // Tết 2020: 23–29/1.
            ("2020-01-22T10:00", 1, "2020-01-30T17:00"),
            // National Day 2020.
            ("2020-09-01T10:00", 1, "2020-09-03T17:00"),
        ],
    );
}

#[test]
fn a_dossier_received_at_20h_starts_its_clock_next_working_morning() {
    check(
        Term::WorkingDays,
        &[
            ("2020-03-23T20:00", 1, "2020-03-24T17:00"),
            ("2020-03-23T17:01", 1, "2020-03-24T17:00"),
            ("2020-03-23T17:00", 1, "2020-03-24T17:00"),
            ("2020-03-23T06:00", 1, "2020-03-24T17:00"),
            ("2020-03-21T10:00", 1, "2020-03-23T17:00"),
            ("2020-03-22T23:59", 1, "2020-03-23T17:00"),
            ("2020-03-20T18:00", 1, "2020-03-23T17:00"),
        ],
    );
}

#[test]
fn a_saturday_worked_in_exchange_counts_as_a_working_day() {
    // 31/12/2018 was off in exchange for Saturday 5/1/2019.
    assert_eq!(due("2018-12-28T09:00", Term::WorkingDays(1)), "2019-01-02T17:00");
    assert_eq!(due("2019-01-04T09:00", Term::WorkingDays(1)), "2019-01-05T17:00");
    assert_eq!(due("2019-01-05T09:00", Term::WorkingDays(1)), "2019-01-07T17:00");
}

#[test]
fn calendar_days_count_every_day_and_a_last_day_off_moves_on() {
    check(
        Term::CalendarDays,
        &[
            ("2020-03-23T09:00", 5, "2020-03-30T17:00"),
            ("2020-03-23T09:00", 10, "2020-04-03T17:00"),
            ("2020-03-24T09:00", 10, "2020-04-03T17:00"),
            ("2020-03-23T09:00", 1, "2020-03-24T17:00"),
            ("2020-04-20T09:00", 10, "2020-05-04T17:00"),
        ],
    );
}

#[test]
fn months_end_on_the_same_day_number_or_the_last_of_the_month() {
    check(
        Term::Months,
        &[
            ("2020-01-31T09:00", 1, "2020-03-02T17:00"),
            ("2020-03-10T09:00", 1, "2020-04-10T17:00"),
            ("2020-02-28T09:00", 1, "2020-03-30T17:00"),
        ],
    );
}

#[test]
fn eight_working_hours_are_one_working_day() {
    check(
        Term::WorkingHours,
        &[
            ("2020-03-23T09:00", 8, "2020-03-24T09:00"),
            ("2020-03-23T07:30", 8, "2020-03-23T17:00"),
            ("2020-03-23T07:30", 4, "2020-03-23T11:15"),
            ("2020-03-23T20:00", 8, "2020-03-24T17:00"),
            ("2020-03-20T14:00", 16, "2020-03-24T14:00"),
        ],
    );
}

#[test]
fn the_same_day_up_to_15h_else_the_next_working_day() {
    let same = Term::SameDay { cutoff_hour: 15 };
    assert_eq!(due("2020-03-23T14:59", same), "2020-03-23T17:00");
    assert_eq!(due("2020-03-23T15:00", same), "2020-03-23T17:00");
    assert_eq!(due("2020-03-23T15:01", same), "2020-03-24T17:00");
    assert_eq!(due("2020-03-20T16:00", same), "2020-03-23T17:00");
}

#[test]
fn a_year_without_its_days_off_is_an_error_never_a_guess() {
    assert_eq!(
        calendar().due(at("2017-12-29T09:00"), Term::WorkingDays(1)),
        Err(ClockError::UnknownYear(2017))
    );
    assert_eq!(
        calendar().due(at("2026-12-31T09:00"), Term::WorkingDays(1)),
        Err(ClockError::UnknownYear(2027))
    );
}

#[test]
fn every_official_day_off_is_off_and_every_exchange_day_is_worked() {
    let calendar = calendar();
    for line in include_str!("../../../../catalogue/calendars/days-off.tsv").lines().skip(1) {
        let mut cells = line.split('\t');
        let date = cells.next().unwrap().parse().unwrap();
        assert_eq!(
            calendar.is_working_day(date).unwrap(),
            cells.next() == Some("makeup"),
            "{line}"
        );
    }
}

#[test]
fn the_account_names_every_day() {
    let json = calendar()
        .due(at("2020-03-30T09:00"), Term::WorkingDays(5))
        .unwrap()
        .explain_json();
    assert_eq!(json["due"], "2020-04-07T17:00");
    let days = json["days"].as_array().unwrap();
    assert_eq!(days.len(), 9);
    assert_eq!(days.iter().filter(|d| d["counted"] == true).count(), 5);
    assert_eq!(days[3]["why"], "day off (Giỗ Tổ Hùng Vương)");
}

/// Any second of 2019–2025.
fn moment() -> impl Strategy<Value = Timestamp> {
    (1_546_300_800i64..1_766_000_000).prop_map(|s| Timestamp::from_second(s).unwrap())
}

proptest! {
    #[test]
    fn later_reception_is_never_due_earlier(a in moment(), b in moment(), n in 0u32..40) {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        for term in [Term::WorkingDays(n), Term::CalendarDays(n), Term::WorkingHours(n)] {
            prop_assert!(calendar().due(a, term).unwrap().due <= calendar().due(b, term).unwrap().due);
        }
    }

    #[test]
    fn stop_and_resume_lose_and_gain_no_working_time(from in moment(), n in 1u32..20, wait in 0i64..4_000_000, until in 0i64..2_000_000) {
        let calendar = calendar();
        let term = Term::WorkingDays(n);
        let due = calendar.due(from, term).unwrap().due;
        let stop = Timestamp::from_second(from.as_second() + until).unwrap();
        let resume = Timestamp::from_second(stop.as_second() + wait).unwrap();
        let left = calendar.working_seconds(stop, due).unwrap();
        let moved = calendar.resume(calendar.pause(due, stop, term).unwrap(), resume).unwrap();
        prop_assert_eq!(calendar.working_seconds(resume, moved).unwrap(), left);
    }

    #[test]
    fn resumed_in_the_same_moment_nothing_changes(from in moment(), n in 1u32..20, until in 0i64..200_000) {
        let calendar = calendar();
        for term in [Term::WorkingDays(n), Term::CalendarDays(n)] {
            let due = calendar.due(from, term).unwrap().due;
            let stop = Timestamp::from_second(from.as_second() + until).unwrap();
            if stop < due {
                prop_assert_eq!(calendar.resume(calendar.pause(due, stop, term).unwrap(), stop).unwrap(), due);
            }
        }
    }
}
