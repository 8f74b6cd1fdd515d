//! What holds for every due date.

use crate::clock::{at, calendar};
use jiff::Timestamp;
use jiff::civil::Date;
use motcua_model::clock::{Term, local};
use proptest::prelude::*;

pub fn instants() -> impl Strategy<Value = Timestamp> {
    // 2018-02-01 to 2026-06-01, to the microsecond.
    (1_517_443_200_000_000_i64..1_780_272_000_000_000).prop_map(|us| Timestamp::from_microsecond(us).unwrap())
}

pub fn terms() -> impl Strategy<Value = Term> {
    prop_oneof![
        (1_u32..200).prop_map(Term::WorkingHours),
        (1_u32..60).prop_map(Term::WorkingDays),
        (1_u32..90).prop_map(Term::CalendarDays),
        (1_u32..4).prop_map(Term::Months),
        (8_i8..18).prop_map(|cutoff_hour| Term::SameDay { cutoff_hour }),
    ]
}

proptest! {
    #[test]
    fn who_comes_later_is_never_served_by_an_earlier_date(a in instants(), b in instants(), term in terms()) {
        let c = calendar();
        let (first, second) = (a.min(b), a.max(b));
        prop_assert!(c.due(first, term).unwrap().due <= c.due(second, term).unwrap().due);
    }

    #[test]
    fn a_longer_term_never_ends_earlier(from in instants(), n in 0_u32..60, more in 0_u32..20) {
        let c = calendar();
        for make in [Term::WorkingHours, Term::WorkingDays, Term::CalendarDays] {
            prop_assert!(c.due(from, make(n)).unwrap().due <= c.due(from, make(n + more)).unwrap().due);
        }
    }

    #[test]
    fn a_due_date_lies_ahead_within_office_hours_of_a_working_day(from in instants(), term in terms()) {
        let c = calendar();
        let due = c.due(from, term).unwrap();
        prop_assert!(due.due >= from);
        let civil = local(due.due);
        prop_assert!(c.is_working_day(civil.date()).unwrap());
        prop_assert_eq!(due.days.last().map(|d| d.date), Some(civil.date()));
        if !matches!(term, Term::WorkingHours(_)) {
            prop_assert_eq!((civil.hour(), civil.minute(), civil.second()), (17, 0, 0));
        }
    }

    #[test]
    fn the_account_has_every_day_once_and_counts_as_many_as_the_term(from in instants(), n in 1_u32..60) {
        let c = calendar();
        for term in [Term::WorkingDays(n), Term::CalendarDays(n)] {
            let due = c.due(from, term).unwrap();
            prop_assert_eq!(due.days.iter().filter(|d| d.counted).count(), n as usize);
            prop_assert_eq!(due.days[0].date, local(from).date());
            prop_assert!(due.days.windows(2).all(|w| w[0].date.tomorrow().unwrap() == w[1].date));
        }
    }

    #[test]
    fn the_hour_of_acceptance_does_not_move_a_term_in_days(from in instants(), n in 1_u32..60) {
        let c = calendar();
        let day: Date = local(from).date();
        let midnight = at(&format!("{day} 00:00"));
        for term in [Term::WorkingDays(n), Term::CalendarDays(n), Term::Months(n % 4 + 1)] {
            prop_assert_eq!(c.due(from, term).unwrap().due, c.due(midnight, term).unwrap().due);
        }
    }

    #[test]
    fn hours_take_as_much_office_time_wherever_they_start(from in instants(), hours in 1_u32..200) {
        let c = calendar();
        let due = c.due(from, Term::WorkingHours(hours)).unwrap().due;
        let seconds = c.working_seconds(from, due).unwrap();
        // Eight hours are one day of 7.5 hours; what is over is clock hours.
        prop_assert_eq!(seconds, i64::from(hours / 8) * 27_000 + i64::from(hours % 8) * 3_600);
    }
}
