//! Due dates: a table of cases over the official days off.

use jiff::Timestamp;
use jiff::civil::DateTime;
use motcua_model::clock::{Calendar, CalendarError, ClockError, OfficeHours, TIME_ZONE, Term, Why, local};

pub const DAYS_OFF: &str = include_str!("../../../../catalogue/calendars/days-off.tsv");

pub fn calendar() -> Calendar {
    Calendar::from_tsv(OfficeHours::default(), DAYS_OFF).unwrap()
}

/// `2020-03-30 09:00` in Viet Nam.
pub fn at(text: &str) -> Timestamp {
    let civil: DateTime = text.replace(' ', "T").parse().unwrap();
    TIME_ZONE.to_timestamp(civil).unwrap()
}

pub fn show(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// `5wd` working days, `8h` working hours, `10d` calendar days, `2m` months, `s15` same day up to 15:00.
pub fn term(text: &str) -> Term {
    let n = |s: &str| s.parse::<u32>().unwrap();
    match text {
        t if t.starts_with('s') => Term::SameDay {
            cutoff_hour: t[1..].parse().unwrap(),
        },
        t if t.ends_with("wd") => Term::WorkingDays(n(&t[..t.len() - 2])),
        t if t.ends_with('h') => Term::WorkingHours(n(&t[..t.len() - 1])),
        t if t.ends_with('d') => Term::CalendarDays(n(&t[..t.len() - 1])),
        t => Term::Months(n(&t[..t.len() - 1])),
    }
}

fn check(table: &str) {
    let calendar = calendar();
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [from, length, expected] = cells[..] else {
            panic!("{line}")
        };
        let got = calendar.due(at(from), term(length)).map(|d| show(d.due));
        let got = got.unwrap_or_else(|e| e.to_string());
        if got != expected {
            wrong.push(format!("{line}  but was {got}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn working_days_do_not_count_the_day_of_acceptance_and_end_with_office_hours() {
    check(
        "2020-03-02 07:30 | 1wd  | 2020-03-03 17:00
         2020-03-02 09:00 | 1wd  | 2020-03-03 17:00
         2020-03-02 11:45 | 1wd  | 2020-03-03 17:00
         2020-03-02 16:59 | 1wd  | 2020-03-03 17:00
         2020-03-02 17:00 | 1wd  | 2020-03-03 17:00
         2020-03-02 09:00 | 2wd  | 2020-03-04 17:00
         2020-03-02 09:00 | 3wd  | 2020-03-05 17:00
         2020-03-02 09:00 | 4wd  | 2020-03-06 17:00
         2020-03-02 09:00 | 5wd  | 2020-03-09 17:00
         2020-03-02 09:00 | 7wd  | 2020-03-11 17:00
         2020-03-02 09:00 | 10wd | 2020-03-16 17:00
         2020-03-02 09:00 | 15wd | 2020-03-23 17:00
         2020-03-02 09:00 | 20wd | 2020-03-30 17:00
         2020-03-02 09:00 | 30wd | 2020-04-14 17:00
         2020-03-06 16:00 | 1wd  | 2020-03-09 17:00
         2020-03-06 09:00 | 2wd  | 2020-03-10 17:00
         2020-03-06 09:00 | 5wd  | 2020-03-13 17:00
         2020-03-30 09:00 | 5wd  | 2020-04-07 17:00",
    );
}

#[test]
fn what_is_accepted_in_the_evening_or_at_the_weekend_starts_its_clock_next_working_morning() {
    // Civil Code 2015, article 147.2: the day of the event is not counted, whatever its hour; the next one is.
    check(
        "2020-03-02 20:00 | 1wd  | 2020-03-03 17:00
         2020-03-02 23:59 | 1wd  | 2020-03-03 17:00
         2020-03-03 00:00 | 1wd  | 2020-03-04 17:00
         2020-03-03 05:00 | 1wd  | 2020-03-04 17:00
         2020-03-06 20:00 | 1wd  | 2020-03-09 17:00
         2020-03-07 10:00 | 1wd  | 2020-03-09 17:00
         2020-03-08 10:00 | 1wd  | 2020-03-09 17:00
         2020-03-08 23:59 | 3wd  | 2020-03-11 17:00
         2020-04-02 10:00 | 1wd  | 2020-04-03 17:00
         2020-01-25 10:00 | 2wd  | 2020-01-31 17:00",
    );
}

#[test]
fn holidays_of_every_year_are_skipped() {
    check(
        "2018-02-13 09:00 | 1wd  | 2018-02-21 17:00
         2018-02-09 09:00 | 5wd  | 2018-02-23 17:00
         2018-04-24 09:00 | 1wd  | 2018-04-26 17:00
         2018-04-27 09:00 | 1wd  | 2018-05-02 17:00
         2018-04-24 09:00 | 5wd  | 2018-05-04 17:00
         2018-08-31 09:00 | 1wd  | 2018-09-04 17:00
         2018-12-28 09:00 | 1wd  | 2019-01-02 17:00
         2019-02-01 09:00 | 1wd  | 2019-02-11 17:00
         2019-01-31 09:00 | 3wd  | 2019-02-12 17:00
         2019-04-12 09:00 | 1wd  | 2019-04-16 17:00
         2019-04-26 09:00 | 1wd  | 2019-05-02 17:00
         2019-08-30 09:00 | 2wd  | 2019-09-04 17:00
         2019-12-31 09:00 | 1wd  | 2020-01-02 17:00
         2020-01-22 09:00 | 1wd  | 2020-01-30 17:00
         2020-01-21 09:00 | 5wd  | 2020-02-04 17:00
         2020-04-01 09:00 | 1wd  | 2020-04-03 17:00
         2020-04-29 09:00 | 1wd  | 2020-05-04 17:00
         2020-09-01 09:00 | 1wd  | 2020-09-03 17:00
         2020-12-31 09:00 | 1wd  | 2021-01-04 17:00
         2021-02-09 09:00 | 1wd  | 2021-02-17 17:00
         2021-04-20 09:00 | 1wd  | 2021-04-22 17:00
         2021-04-29 09:00 | 1wd  | 2021-05-04 17:00
         2021-09-01 09:00 | 1wd  | 2021-09-06 17:00
         2021-12-31 09:00 | 1wd  | 2022-01-04 17:00
         2022-01-28 09:00 | 1wd  | 2022-02-07 17:00
         2022-04-08 09:00 | 1wd  | 2022-04-12 17:00
         2022-04-29 09:00 | 1wd  | 2022-05-04 17:00
         2022-08-31 09:00 | 1wd  | 2022-09-05 17:00
         2022-12-30 09:00 | 1wd  | 2023-01-03 17:00
         2023-01-19 09:00 | 1wd  | 2023-01-27 17:00
         2023-04-28 09:00 | 1wd  | 2023-05-04 17:00
         2023-08-31 09:00 | 1wd  | 2023-09-05 17:00
         2023-12-29 09:00 | 1wd  | 2024-01-02 17:00
         2024-02-07 09:00 | 1wd  | 2024-02-15 17:00
         2024-04-17 09:00 | 1wd  | 2024-04-19 17:00
         2024-08-30 09:00 | 1wd  | 2024-09-04 17:00
         2024-12-31 09:00 | 1wd  | 2025-01-02 17:00
         2025-01-24 09:00 | 1wd  | 2025-02-03 17:00
         2025-04-04 09:00 | 1wd  | 2025-04-08 17:00
         2025-04-29 09:00 | 1wd  | 2025-05-05 17:00
         2025-08-29 09:00 | 1wd  | 2025-09-03 17:00
         2025-12-31 09:00 | 1wd  | 2026-01-05 17:00
         2026-02-13 09:00 | 1wd  | 2026-02-23 17:00
         2026-04-24 09:00 | 1wd  | 2026-04-28 17:00
         2026-04-29 09:00 | 1wd  | 2026-05-04 17:00
         2026-08-28 09:00 | 1wd  | 2026-09-03 17:00",
    );
}

#[test]
fn a_saturday_worked_in_exchange_is_a_whole_working_day() {
    check(
        "2019-01-04 09:00 | 1wd | 2019-01-05 17:00
         2019-01-04 09:00 | 2wd | 2019-01-07 17:00
         2019-01-05 09:00 | 1wd | 2019-01-07 17:00
         2019-05-03 09:00 | 1wd | 2019-05-04 17:00
         2024-05-03 09:00 | 1wd | 2024-05-04 17:00
         2024-04-26 09:00 | 1wd | 2024-05-02 17:00
         2025-04-25 09:00 | 1wd | 2025-04-26 17:00
         2025-04-25 09:00 | 2wd | 2025-04-28 17:00
         2026-01-09 09:00 | 1wd | 2026-01-10 17:00
         2026-08-21 09:00 | 1wd | 2026-08-22 17:00
         2019-05-03 09:00 | 8h  | 2019-05-04 09:00
         2019-05-04 07:30 | 8h  | 2019-05-04 17:00
         2019-05-04 14:00 | s15 | 2019-05-04 17:00
         2019-04-27 09:00 | 7d  | 2019-05-04 17:00",
    );
}

#[test]
fn eight_hours_of_a_term_are_one_working_day_of_whatever_length_and_the_rest_are_clock_hours() {
    check(
        "2020-03-02 07:30 | 8h  | 2020-03-02 17:00
         2020-03-02 09:00 | 8h  | 2020-03-03 09:00
         2020-03-02 11:30 | 8h  | 2020-03-03 11:30
         2020-03-02 12:00 | 8h  | 2020-03-03 11:30
         2020-03-02 13:30 | 8h  | 2020-03-03 11:30
         2020-03-02 16:59 | 8h  | 2020-03-03 16:59
         2020-03-02 17:00 | 8h  | 2020-03-03 17:00
         2020-03-02 20:00 | 8h  | 2020-03-03 17:00
         2020-03-02 05:00 | 8h  | 2020-03-02 17:00
         2020-03-06 16:00 | 8h  | 2020-03-09 16:00
         2020-03-07 10:00 | 8h  | 2020-03-09 17:00
         2020-03-02 07:30 | 4h  | 2020-03-02 11:30
         2020-03-02 08:00 | 4h  | 2020-03-02 14:00
         2020-03-02 07:30 | 16h | 2020-03-03 17:00
         2020-03-02 09:00 | 40h | 2020-03-09 09:00
         2020-04-01 16:00 | 8h  | 2020-04-03 16:00
         2020-01-22 15:00 | 8h  | 2020-01-30 15:00",
    );
}

#[test]
fn calendar_days_run_through_and_a_last_day_that_is_off_moves_on() {
    check(
        "2020-03-02 09:00 | 1d  | 2020-03-03 17:00
         2020-03-02 09:00 | 4d  | 2020-03-06 17:00
         2020-03-02 09:00 | 5d  | 2020-03-09 17:00
         2020-03-02 09:00 | 6d  | 2020-03-09 17:00
         2020-03-02 09:00 | 7d  | 2020-03-09 17:00
         2020-03-02 20:00 | 1d  | 2020-03-03 17:00
         2020-03-07 09:00 | 2d  | 2020-03-09 17:00
         2020-03-03 09:00 | 30d | 2020-04-03 17:00
         2020-04-25 09:00 | 5d  | 2020-05-04 17:00
         2020-01-17 09:00 | 7d  | 2020-01-30 17:00
         2024-01-31 09:00 | 8d  | 2024-02-15 17:00",
    );
}

#[test]
fn a_month_ends_on_the_day_of_the_same_number_or_the_last() {
    check(
        "2020-01-31 09:00 | 1m  | 2020-03-02 17:00
         2019-01-31 09:00 | 1m  | 2019-02-28 17:00
         2020-02-29 09:00 | 12m | 2021-03-01 17:00
         2020-03-02 09:00 | 1m  | 2020-04-03 17:00
         2020-03-31 09:00 | 1m  | 2020-05-04 17:00
         2020-05-15 09:00 | 1m  | 2020-06-15 17:00
         2020-06-30 23:00 | 2m  | 2020-08-31 17:00
         2020-08-31 09:00 | 6m  | 2021-03-01 17:00",
    );
}

#[test]
fn accepted_after_the_hour_the_result_comes_on_the_next_working_day() {
    check(
        "2020-03-02 07:45 | s15 | 2020-03-02 17:00
         2020-03-02 05:00 | s15 | 2020-03-02 17:00
         2020-03-02 14:59 | s15 | 2020-03-02 17:00
         2020-03-02 15:00 | s15 | 2020-03-02 17:00
         2020-03-02 15:01 | s15 | 2020-03-03 17:00
         2020-03-02 20:00 | s15 | 2020-03-03 17:00
         2020-03-06 15:30 | s15 | 2020-03-09 17:00
         2020-03-07 10:00 | s15 | 2020-03-09 17:00
         2020-04-01 15:30 | s15 | 2020-04-03 17:00
         2020-03-02 18:00 | s20 | 2020-03-03 17:00
         2020-03-02 09:00 | 0wd | 2020-03-02 17:00
         2020-03-02 18:00 | 0d  | 2020-03-03 17:00",
    );
}

#[test]
fn a_year_whose_days_off_are_not_known_is_an_error_and_never_a_guess() {
    let c = calendar();
    let unknown = |from: &str, length: &str| c.due(at(from), term(length)).unwrap_err();
    assert_eq!(unknown("2026-12-31 09:00", "1wd"), ClockError::UnknownYear(2027));
    assert_eq!(unknown("2026-12-31 09:00", "8h"), ClockError::UnknownYear(2027));
    assert_eq!(unknown("2026-12-01 09:00", "31d"), ClockError::UnknownYear(2027));
    assert_eq!(unknown("2026-12-01 09:00", "1m"), ClockError::UnknownYear(2027));
    assert_eq!(unknown("2017-12-29 09:00", "5wd"), ClockError::UnknownYear(2017));
    assert_eq!(unknown("2017-12-29 09:00", "5d"), ClockError::UnknownYear(2017));
    assert_eq!(
        c.due(at("2026-12-30 09:00"), Term::WorkingDays(1)).map(|d| show(d.due)),
        Ok("2026-12-31 17:00".to_owned())
    );
    assert_eq!(
        c.is_working_day(jiff::civil::date(2030, 1, 2)),
        Err(ClockError::UnknownYear(2030))
    );
}

#[test]
fn a_term_of_absurd_length_is_an_error() {
    for length in [
        Term::WorkingDays(u32::MAX),
        Term::CalendarDays(u32::MAX),
        Term::Months(u32::MAX),
        Term::WorkingHours(u32::MAX),
    ] {
        assert!(calendar().due(at("2020-03-02 09:00"), length).is_err(), "{length:?}");
    }
}

#[test]
fn the_account_names_every_day_and_why() {
    let due = calendar().due(at("2020-03-30 09:00"), Term::WorkingDays(5)).unwrap();
    let json = due.explain_json();
    assert_eq!(json["due"], "2020-04-07T17:00");
    let lines: Vec<String> = json["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| {
            format!(
                "{} {} {}",
                d["date"].as_str().unwrap(),
                d["counted"],
                d["why"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2020-03-30 false day of receipt, not counted",
            "2020-03-31 true working day",
            "2020-04-01 true working day",
            "2020-04-02 false day off (Giỗ Tổ Hùng Vương)",
            "2020-04-03 true working day",
            "2020-04-04 false weekend",
            "2020-04-05 false weekend",
            "2020-04-06 true working day",
            "2020-04-07 true working day",
        ]
    );
}

#[test]
fn the_account_says_where_a_last_day_moved_and_what_came_after_hours() {
    let moved = calendar().due(at("2020-03-02 09:00"), Term::CalendarDays(5)).unwrap();
    assert_eq!(
        moved.days.last().map(|d| (d.date.to_string(), d.why.clone())),
        Some(("2020-03-09".to_owned(), Why::LastDayMoved))
    );
    assert_eq!(moved.days.iter().filter(|d| d.counted).count(), 5);
    let evening = calendar().due(at("2020-03-02 20:00"), Term::WorkingHours(8)).unwrap();
    assert_eq!(evening.days[0].why, Why::OutsideHours);
    let makeup = calendar().due(at("2019-01-04 09:00"), Term::WorkingDays(1)).unwrap();
    assert_eq!(makeup.days[1].why, Why::Makeup("làm bù".to_owned()));
}

#[test]
fn acknowledgement_is_due_eight_working_hours_from_filing() {
    for (filed, by) in [
        ("2020-03-02 09:00", "2020-03-03 09:00"),
        ("2020-03-02 20:00", "2020-03-03 17:00"),
        ("2020-03-07 10:00", "2020-03-09 17:00"),
        ("2020-04-01 18:00", "2020-04-03 17:00"),
        ("2020-01-24 08:00", "2020-01-30 17:00"),
    ] {
        assert_eq!(calendar().acknowledge_by(at(filed)).map(show), Ok(by.to_owned()), "{filed}");
    }
}

#[test]
fn working_days_left_as_the_pages_say_it() {
    let left = |now: &str, due: &str| calendar().working_days_left(at(now), at(due)).unwrap();
    assert_eq!(left("2020-04-01 09:00", "2020-04-06 17:00"), 2);
    assert_eq!(left("2020-04-06 09:00", "2020-04-06 17:00"), 0);
    assert_eq!(left("2020-04-03 09:00", "2020-04-06 17:00"), 1);
    assert_eq!(left("2020-04-04 09:00", "2020-04-06 17:00"), 1);
    assert_eq!(left("2020-04-07 09:00", "2020-04-06 17:00"), -1);
    assert_eq!(left("2020-04-03 09:00", "2020-04-01 17:00"), -1);
}

#[test]
fn office_hours_are_read_from_the_province_s_file() {
    let text = "monday = [\"08:00-12:00\", \"13:00-17:00\"]\nsaturday = [\"08:00-12:00\"]\n";
    let hours: OfficeHours = toml::from_str(text).unwrap();
    let c = Calendar::from_tsv(hours, DAYS_OFF).unwrap();
    // Tuesday to Friday are off; Saturday is worked in the morning only.
    assert_eq!(
        show(c.due(at("2020-03-02 09:00"), Term::WorkingDays(1)).unwrap().due),
        "2020-03-07 12:00"
    );
    assert_eq!(
        show(c.due(at("2020-03-02 13:00"), Term::WorkingHours(8)).unwrap().due),
        "2020-03-07 12:00"
    );
    for wrong in [
        "someday = []",
        "monday = [\"8-12\"]",
        "monday = [\"12:00-08:00\"]",
        "monday = [\"08:00-25:00\"]",
        "tuesday = [\"08:00-12:00\"]",
        "monday = [\"08:00-12:00\", \"11:00-17:00\"]",
        "",
    ] {
        assert!(toml::from_str::<OfficeHours>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_wrong_line_in_the_list_of_days_off_is_named() {
    for (text, line) in [
        ("2020-01-01\toff\tx", 1),
        ("date\tkind\twhy\n2020-02-30\toff\tx", 2),
        ("date\tkind\twhy\n2020-01-01\thalf\tx", 2),
        ("date\tkind\twhy\n2020-01-01\toff\t", 2),
        ("date\tkind\twhy\n2020-01-01\toff\tx\n# remark\n\n2020-01-01\toff\ty", 5),
    ] {
        match Calendar::from_tsv(OfficeHours::default(), text) {
            Err(CalendarError::Line { line: found, .. }) => assert_eq!(found, line, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    let windows = DAYS_OFF.replace('\n', "\r\n");
    assert_eq!(Calendar::from_tsv(OfficeHours::default(), &windows), Ok(calendar()));
}
