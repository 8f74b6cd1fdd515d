//! The term of a dossier: made longer, with an apology, standing still for a payment, computed anew.

use crate::clock::{at, show};
use crate::dossier::Desk;
use motcua_model::actor::Role;
use motcua_model::clock::{ClockDecision, DecisionKind};
use motcua_model::dossier::{Channel, Command, Dossier, Level, Refusal, Status};

/// Accepted on Monday 23 March 2020 at 9:00, three working days: due on Thursday.
fn at_the_specialist() -> Desk {
    let mut desk = Desk::new(Level::Four);
    desk.file(Channel::Online, 0);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    desk.act(Role::Receptionist, Command::Forward { note: String::new() })
        .unwrap();
    desk
}

fn due(d: &Dossier) -> String {
    show(d.due.unwrap())
}

fn extend(days: u32) -> Command {
    Command::Extend {
        days,
        reason: "Phải xác minh thực địa.".into(),
    }
}

fn apologise(date: &str) -> Command {
    Command::Apologise {
        date: date.parse().unwrap(),
        reason: "Chờ kết quả xác minh.".into(),
    }
}

#[test]
fn a_term_is_made_longer_once_by_no_more_than_itself_and_before_it_ends() {
    let mut desk = at_the_specialist();
    assert_eq!(desk.act(Role::Leader, extend(4)), Err(Refusal::ExtensionLength { most: 3 }));
    assert_eq!(desk.act(Role::Leader, extend(0)), Err(Refusal::ExtensionLength { most: 3 }));
    let silent = Command::Extend {
        days: 1,
        reason: " ".into(),
    };
    assert_eq!(desk.act(Role::Leader, silent), Err(Refusal::ReasonMissing));
    let d = desk.act(Role::Leader, extend(2)).unwrap();
    assert_eq!((due(&d), d.extensions.len()), ("2020-03-30 17:00".into(), 1));
    assert_eq!(desk.act(Role::Leader, extend(1)), Err(Refusal::AlreadyExtended { times: 1 }));
    let mut late = at_the_specialist();
    late.now = at("2020-03-27 09:00");
    assert_eq!(late.act(Role::Leader, extend(1)), Err(Refusal::AlreadyLate));
}

#[test]
fn a_late_agency_apologises_once_with_a_later_working_day_and_the_legal_date_stays() {
    let mut desk = at_the_specialist();
    assert_eq!(desk.act(Role::Leader, apologise("2020-03-28")), Err(Refusal::NotAWorkingDay));
    assert_eq!(desk.act(Role::Leader, apologise("2020-03-26")), Err(Refusal::DateNotLater));
    desk.now = at("2020-03-27 09:00");
    let d = desk.act(Role::Leader, apologise("2020-03-31")).unwrap();
    assert_eq!(due(&d), "2020-03-26 17:00");
    assert_eq!(d.promised().map(show), Some("2020-03-31 17:00".into()));
    assert_eq!(
        desk.act(Role::Leader, apologise("2020-04-01")),
        Err(Refusal::AlreadyApologised)
    );
}

#[test]
fn the_clock_stands_still_while_the_person_pays_the_tax() {
    let mut desk = at_the_specialist();
    let ask = Command::AskPayment {
        amount: 2_500_000,
        what: "Thuế theo thông báo 45/TB-CCT".into(),
    };
    desk.now = at("2020-03-24 10:00");
    let d = desk.act(Role::Specialist, ask.clone()).unwrap();
    assert!(matches!(d.status, Status::AwaitingPayment { .. }));
    assert_eq!((d.turn(), d.deadline()), (Some(Role::Citizen), None));
    assert_eq!(d.open_wait().map(|w| w.amount), Some(2_500_000));
    assert_eq!(
        desk.act(Role::Specialist, ask),
        Err(Refusal::WrongStatus {
            status: "awaiting_payment"
        })
    );
    desk.now = at("2020-03-31 10:00");
    let silent = Command::ConfirmPayment {
        reference: String::new(),
    };
    assert_eq!(desk.act(Role::Receptionist, silent), Err(Refusal::ReasonMissing));
    let confirm = Command::ConfirmPayment {
        reference: "Giấy nộp tiền 0012345".into(),
    };
    let d = desk.act(Role::Receptionist, confirm).unwrap();
    // Five working days of waiting, Thursday 26 March and then past 2 April, a holiday.
    assert_eq!(due(&d), "2020-04-03 17:00");
    assert!(matches!(d.status, Status::InProcess(_)) && d.open_wait().is_none());
}

#[test]
fn a_day_off_declared_while_it_runs_moves_it_once_and_says_why() {
    let mut desk = at_the_specialist();
    let decision = ClockDecision {
        number: "12/QĐ-UBND".into(),
        kind: DecisionKind::Off,
        from: "2020-03-25".parse().unwrap(),
        to: "2020-03-25".parse().unwrap(),
        why: "Bão".into(),
        agencies: Vec::new(),
        procedures: Vec::new(),
        fields: Vec::new(),
    };
    // Declared backwards, on the day after.
    desk.now = at("2020-03-26 09:00");
    desk.calendar = desk.calendar.under([&decision]);
    let recompute = || Command::RecomputeDue { why: decision.said() };
    let before = desk.dossier().unwrap().version;
    let d = desk.act(Role::System, recompute()).unwrap();
    assert_eq!((due(&d), d.version), ("2020-03-27 17:00".into(), before + 1));
    assert_eq!(d.recomputed[0].why, "Bão, 12/QĐ-UBND");
    assert_eq!(show(d.recomputed[0].was), "2020-03-26 17:00");
    // A second time nothing follows.
    assert_eq!(desk.act(Role::System, recompute()).unwrap().version, before + 1);
    let account = d.due_account(&desk.calendar).unwrap().unwrap();
    assert_eq!(account.due, d.due.unwrap());
}

#[test]
fn what_is_not_yet_accepted_gets_another_time_for_acceptance() {
    let mut desk = Desk::new(Level::Four);
    let d = desk.file(Channel::Online, 0);
    assert_eq!(show(d.acknowledge_by), "2020-03-24 09:00");
    let decision = ClockDecision {
        number: "13/QĐ-UBND".into(),
        kind: DecisionKind::MorningOff,
        from: "2020-03-24".parse().unwrap(),
        to: "2020-03-24".parse().unwrap(),
        why: "Mất điện".into(),
        agencies: Vec::new(),
        procedures: Vec::new(),
        fields: Vec::new(),
    };
    desk.calendar = desk.calendar.under([&decision]);
    let d = desk
        .act(Role::System, Command::RecomputeDue { why: decision.said() })
        .unwrap();
    assert_eq!(show(d.acknowledge_by), "2020-03-24 15:00");
}
