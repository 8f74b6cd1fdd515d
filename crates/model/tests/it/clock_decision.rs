//! Decisions change working time; a term that runs is computed anew from its beginning, whenever that is.

use crate::clock::{DAYS_OFF, at, calendar, show, term};
use crate::clock_property::{instants, terms};
use jiff::SignedDuration;
use motcua_model::clock::{Calendar, ClockDecision, DecisionKind, Mark, OfficeHours, Still, Term, Why};
use motcua_model::id::{AgencyCode, ProcedureCode};
use proptest::prelude::*;

fn decision(kind: DecisionKind, from: &str, to: &str) -> ClockDecision {
    ClockDecision {
        number: "12/QĐ-UBND".into(),
        kind,
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        why: "Phòng, chống dịch".into(),
        agencies: Vec::new(),
        procedures: Vec::new(),
        fields: Vec::new(),
    }
}

fn under(kind: DecisionKind, from: &str, to: &str) -> Calendar {
    calendar().under([&decision(kind, from, to)])
}

fn due(c: &Calendar, from: &str, length: &str) -> String {
    c.due(at(from), term(length)).map_or_else(|e| e.to_string(), |d| show(d.due))
}

#[test]
fn a_day_off_of_a_place_moves_what_runs_over_it() {
    let c = under(DecisionKind::Off, "2020-03-05", "2020-03-05");
    assert_eq!(due(&c, "2020-03-02 09:00", "2wd"), "2020-03-04 17:00");
    assert_eq!(due(&c, "2020-03-02 09:00", "3wd"), "2020-03-06 17:00");
    assert_eq!(due(&c, "2020-03-04 15:00", "8h"), "2020-03-06 15:00");
    // A calendar day passes; only a last day that is off moves on.
    assert_eq!(due(&c, "2020-03-02 09:00", "4d"), "2020-03-06 17:00");
    assert_eq!(due(&c, "2020-03-02 09:00", "3d"), "2020-03-06 17:00");
    let account = c.due(at("2020-03-04 09:00"), Term::WorkingDays(1)).unwrap();
    assert_eq!(account.days[1].why, Why::DayOff("Phòng, chống dịch, 12/QĐ-UBND".into()));
}

#[test]
fn half_a_day_off_leaves_the_other_half_to_work() {
    let morning = under(DecisionKind::MorningOff, "2020-03-03", "2020-03-03");
    let afternoon = under(DecisionKind::AfternoonOff, "2020-03-03", "2020-03-03");
    // The day still counts; where the afternoon is off the term ends at noon.
    assert_eq!(due(&morning, "2020-03-02 09:00", "1wd"), "2020-03-03 17:00");
    assert_eq!(due(&afternoon, "2020-03-02 09:00", "1wd"), "2020-03-03 11:30");
    assert_eq!(due(&morning, "2020-03-02 16:00", "2h"), "2020-03-03 14:30");
    assert_eq!(due(&afternoon, "2020-03-03 10:30", "2h"), "2020-03-04 08:30");
    let account = afternoon.due(at("2020-03-02 09:00"), Term::WorkingDays(1)).unwrap();
    assert!(matches!(account.days[1].why, Why::HalfDay(_)) && account.days[1].counted);
}

#[test]
fn a_weekend_worked_in_exchange_by_decision_counts() {
    let c = under(DecisionKind::Makeup, "2020-03-07", "2020-03-07");
    assert_eq!(due(&c, "2020-03-06 09:00", "1wd"), "2020-03-07 17:00");
}

#[test]
fn while_terms_stand_still_no_day_counts_not_even_a_calendar_day() {
    // Directive on keeping apart, 1–22 April 2020: the class's terms stand still.
    let c = under(DecisionKind::Suspension, "2020-04-01", "2020-04-22");
    assert_eq!(due(&c, "2020-03-31 09:00", "1wd"), "2020-04-23 17:00");
    assert_eq!(due(&c, "2020-03-30 09:00", "2wd"), "2020-04-23 17:00");
    assert_eq!(due(&c, "2020-03-30 09:00", "3d"), "2020-04-24 17:00");
    assert_eq!(due(&c, "2020-03-15 09:00", "1m"), "2020-05-07 17:00");
    assert_eq!(due(&c, "2020-04-10 09:00", "4h"), "2020-04-23 11:30");
    let account = c.due(at("2020-03-31 09:00"), Term::WorkingDays(1)).unwrap();
    // What is off anyway is off for its own reason.
    let why = |day: &str| account.days.iter().find(|d| d.date.to_string() == day).unwrap().why.clone();
    assert!(matches!(why("2020-04-01"), Why::Suspended(_)));
    assert!(matches!(why("2020-04-02"), Why::DayOff(_)));
    assert_eq!(why("2020-04-04"), Why::Weekend);
}

#[test]
fn a_decision_concerns_whom_it_names() {
    let mut d = decision(DecisionKind::Suspension, "2020-04-01", "2020-04-02");
    let (here, there) = (AgencyCode::from("24.12"), AgencyCode::from("03.00"));
    let code = ProcedureCode::from("1.004873");
    assert!(d.concerns(&here, &code, "Hộ tịch"));
    d.agencies = vec![here.clone()];
    assert!(d.concerns(&here, &code, "Hộ tịch") && !d.concerns(&there, &code, "Hộ tịch"));
    d.fields = vec!["Đất đai".into()];
    assert!(!d.concerns(&here, &code, "Hộ tịch"));
    let text = serde_json::to_string(&d).unwrap();
    assert_eq!(serde_json::from_str::<ClockDecision>(&text).unwrap(), d);
}

#[test]
fn the_later_of_two_decisions_on_a_day_wins() {
    let off = decision(DecisionKind::Off, "2020-03-05", "2020-03-05");
    let back = decision(DecisionKind::Makeup, "2020-03-05", "2020-03-05");
    let c = calendar().under([&off, &back]);
    assert_eq!(due(&c, "2020-03-02 09:00", "3wd"), "2020-03-05 17:00");
}

#[test]
fn summer_hours_hold_in_their_season_every_year() {
    let text = r#"
        monday = ["07:30-11:30", "13:30-17:00"]
        tuesday = ["07:30-11:30", "13:30-17:00"]
        wednesday = ["07:30-11:30", "13:30-17:00"]
        thursday = ["07:30-11:30", "13:30-17:00"]
        friday = ["07:30-11:30", "13:30-17:00"]
        [[season]]
        from = "16/4"
        to = "15/10"
        monday = ["07:00-11:30", "14:00-17:30"]
        tuesday = ["07:00-11:30", "14:00-17:30"]
        wednesday = ["07:00-11:30", "14:00-17:30"]
        thursday = ["07:00-11:30", "14:00-17:30"]
        friday = ["07:00-11:30", "14:00-17:30"]
    "#;
    let c = Calendar::from_tsv(toml::from_str::<OfficeHours>(text).unwrap(), DAYS_OFF).unwrap();
    assert_eq!(due(&c, "2020-04-14 09:00", "1wd"), "2020-04-15 17:00");
    assert_eq!(due(&c, "2020-04-15 09:00", "1wd"), "2020-04-16 17:30");
    assert_eq!(due(&c, "2020-10-15 09:00", "1wd"), "2020-10-16 17:00");
    assert_eq!(due(&c, "2020-07-01 11:00", "1h"), "2020-07-01 14:30");
    for wrong in [
        "[[season]]\nfrom = \"31/2\"\nto = \"1/3\"",
        "[[season]]\nfrom = \"1/4\"\nto = \"1/5\"",
    ] {
        let text = format!("monday = [\"07:30-11:30\"]\n{wrong}");
        assert!(toml::from_str::<OfficeHours>(&text).is_err(), "{wrong}");
    }
}

#[test]
fn after_the_hour_it_is_received_on_the_next_working_day() {
    let c = calendar();
    let due = |from: &str, length: &str| show(c.due_with_cutoff(at(from), term(length), 15).unwrap().due);
    assert_eq!(due("2020-03-02 14:00", "1wd"), "2020-03-03 17:00");
    assert_eq!(due("2020-03-02 15:00", "1wd"), "2020-03-03 17:00");
    assert_eq!(due("2020-03-02 15:01", "1wd"), "2020-03-04 17:00");
    assert_eq!(due("2020-03-06 16:00", "1wd"), "2020-03-10 17:00");
    assert_eq!(due("2020-03-07 10:00", "1wd"), "2020-03-10 17:00");
    assert_eq!(due("2020-03-02 15:01", "0wd"), "2020-03-03 17:00");
    assert_eq!(due("2020-03-06 16:00", "3d"), "2020-03-12 17:00");
    let account = c.due_with_cutoff(at("2020-03-06 16:00"), Term::WorkingDays(1), 15).unwrap();
    assert_eq!(account.days[0].why, Why::AfterCutoff(15));
    assert!(account.days.windows(2).all(|w| w[0].date.tomorrow().unwrap() == w[1].date));
}

#[test]
fn the_account_shows_where_the_clock_stood_still() {
    let c = calendar();
    let marks = [
        (at("2020-03-03 10:00"), Mark::Stopped(Still::Supplement)),
        (at("2020-03-05 10:00"), Mark::Resumed),
    ];
    let account = c.account(at("2020-03-02 09:00"), Term::WorkingDays(3), &marks).unwrap();
    assert_eq!(show(account.due), "2020-03-09 17:00");
    let lines: Vec<String> = account
        .days
        .iter()
        .map(|d| format!("{} {} {}", d.date, d.counted, d.why.sentence()))
        .collect();
    assert_eq!(
        lines,
        [
            "2020-03-02 false day of receipt, not counted",
            "2020-03-03 true working day; for a part of it waiting for the person's supplement",
            "2020-03-04 false the clock stood still, waiting for the person's supplement",
            "2020-03-05 true working day; for a part of it waiting for the person's supplement",
            "2020-03-06 true working day",
            "2020-03-07 false weekend",
            "2020-03-08 false weekend",
            "2020-03-09 true working day",
        ]
    );
}

#[test]
fn an_extension_begins_where_the_term_ends() {
    let c = calendar();
    let marks = [(at("2020-03-04 10:00"), Mark::Extended(Term::WorkingDays(2)))];
    let running = c.replay(at("2020-03-02 09:00"), Term::WorkingDays(5), &marks).unwrap();
    assert_eq!(show(running.due), "2020-03-11 17:00");
    assert_eq!(
        show(c.extend(at("2020-03-09 17:00"), Term::CalendarDays(5)).unwrap()),
        "2020-03-16 17:00"
    );
}

proptest! {
    #[test]
    fn computed_step_by_step_or_all_at_once_it_is_the_same(
        from in instants(), term in terms(), stop in 0_i64..5_000, wait in 0_i64..5_000, more in 1_u32..10
    ) {
        let c = calendar();
        let minutes = SignedDuration::from_mins;
        let (stop, go) = (from + minutes(stop), from + minutes(stop + wait));
        let due = c.due(from, term).unwrap().due;
        let moved = c.resume(c.pause(due, stop, term).unwrap(), go).unwrap();
        let extended = c.extend(moved, Term::WorkingDays(more)).unwrap();
        let marks = [
            (stop, Mark::Stopped(Still::Payment)),
            (go, Mark::Resumed),
            (go, Mark::Extended(Term::WorkingDays(more))),
        ];
        prop_assert_eq!(c.replay(from, term, &marks).unwrap().due, extended);
        let account = c.account(from, term, &marks).unwrap();
        prop_assert!(account.days.windows(2).all(|w| w[0].date.tomorrow().unwrap() == w[1].date));
        prop_assert_eq!(account.due, extended);
    }

    #[test]
    fn another_day_off_never_makes_a_term_shorter(from in instants(), term in terms(), after in 0_i64..60) {
        let c = calendar();
        let day = motcua_model::clock::local(from + SignedDuration::from_hours(24 * after)).date();
        for kind in [DecisionKind::Off, DecisionKind::Suspension] {
            let more = c.under([&decision(kind, &day.to_string(), &day.to_string())]);
            prop_assert!(more.due(from, term).unwrap().due >= c.due(from, term).unwrap().due);
        }
    }
}
