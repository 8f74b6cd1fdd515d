//! A process that branches: the way on depends on the answers and on what officers filled in.

use crate::dossier::Desk;
use motcua_model::actor::Role;
use motcua_model::dossier::{Channel, Command, Dossier, Level, Outcome, Proposal, Refusal, Status, StepRule};
use motcua_model::form::Condition;
use std::collections::BTreeMap;

/// Checked; visited where the officer says so; signed.
fn desk() -> Desk {
    let mut desk = Desk::new(Level::Four);
    let visited = Condition::Ticked("thuc_dia".into());
    let step = |role, proposes, next| StepRule {
        role,
        proposes,
        next,
        asks: Vec::new(),
        answers: None,
    };
    desk.rules.steps = vec![
        step(Role::Specialist, true, vec![(Some(visited), 1), (None, 2)]),
        step(Role::Specialist, false, vec![(None, 2)]),
        step(Role::Leader, false, Vec::new()),
    ];
    desk.file(Channel::Online, 0);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    desk.act(Role::Receptionist, Command::Forward { note: String::new() })
        .unwrap();
    desk
}

fn finish(filled: &[(&str, bool)]) -> Command {
    Command::FinishStep {
        proposal: Some(Proposal {
            outcome: Outcome::Granted,
            text: "Đủ điều kiện.".into(),
            by: "Chuyên viên".into(),
        }),
        filled: filled.iter().map(|(k, v)| ((*k).to_owned(), (*v).into())).collect(),
        note: String::new(),
    }
}

fn step(d: &Dossier) -> usize {
    match d.status {
        Status::InProcess(stage) => stage.step,
        _ => panic!("{:?}", d.status),
    }
}

#[test]
fn a_branch_is_taken_by_what_the_officer_filled_in() {
    let mut short = desk();
    assert_eq!(step(&short.act(Role::Specialist, finish(&[])).unwrap()), 2);
    let mut long = desk();
    let d = long.act(Role::Specialist, finish(&[("thuc_dia", true)])).unwrap();
    assert_eq!((step(&d), d.filled["thuc_dia"].clone()), (1, true.into()));
    assert_eq!(step(&long.act(Role::Specialist, finish(&[])).unwrap()), 2);
}

#[test]
fn what_is_sent_back_goes_back_the_way_it_came() {
    let mut short = desk();
    short.act(Role::Specialist, finish(&[])).unwrap();
    let back = || Command::SendBack {
        reason: "Ghi rõ căn cứ.".into(),
    };
    // Not to the visit, which never was.
    assert_eq!(step(&short.act(Role::Leader, back()).unwrap()), 0);
    assert!(matches!(
        short.act(Role::Specialist, back()),
        Err(Refusal::WrongStatus { .. })
    ));
}

#[test]
fn a_case_that_no_branch_takes_is_said_so_and_nothing_changes() {
    let mut desk = desk();
    desk.rules.steps[0].next.pop();
    let before = desk.dossier().unwrap().version;
    assert_eq!(desk.act(Role::Specialist, finish(&[])), Err(Refusal::NoWayOn));
    assert_eq!(desk.dossier().unwrap().version, before);
}

#[test]
fn old_journals_without_what_was_filled_in_are_read() {
    let old = r#"{"kind":"step_done","to":{"step":1,"role":"leader"},"proposal":null,"note":""}"#;
    let event: motcua_model::dossier::Event = serde_json::from_str(old).unwrap();
    let motcua_model::dossier::Event::StepDone {
        filled, done, assignee, ..
    } = &event
    else {
        panic!("{event:?}")
    };
    assert_eq!((filled, done, assignee), (&BTreeMap::new(), &None, &None));
    // Written again it is the same text: the chain of an old journal holds.
    assert_eq!(serde_json::to_string(&event).unwrap(), old);
}
