//! What is annulled counts nowhere: it takes back all that it added, in the months in which it added it.

use crate::dossier::{Desk, finish};
use motcua_model::actor::Role;
use motcua_model::dossier::{
    Channel, Command, Dossier, Lack, Level, Outcome, Refusal, ResultPaper, ReturnWay, Status, TakenProof, cash, evolve,
};
use motcua_model::figure::{Counts, figures};
use motcua_model::id::{AgencyCode, DossierId, FileHash};
use std::collections::BTreeMap;

/// What a journal counted, by month and agency.
fn counted(desk: &Desk) -> BTreeMap<(String, AgencyCode), Counts> {
    let (mut state, mut all) = (None::<Dossier>, BTreeMap::new());
    for recorded in desk.journal() {
        for figure in figures(state.as_ref(), recorded) {
            let month = motcua_model::clock::local(figure.at).strftime("%Y-%m").to_string();
            *all.entry((month, figure.agency)).or_insert_with(Counts::default) += figure.counts;
        }
        state = evolve(state, DossierId(uuid::Uuid::from_u128(7)), recorded);
    }
    all
}

fn annul(reason: &str) -> Command {
    Command::Annul { reason: reason.into() }
}

fn result() -> Command {
    Command::Approve {
        result: ResultPaper {
            outcome: Outcome::Granted,
            hash: FileHash([3; 32]),
            size: 1_000,
            by: "Lý Văn Thắng".into(),
            at: "2020-03-23T02:00:00Z".parse().unwrap(),
            to_sign: Vec::new(),
            signatures: Vec::new(),
            revoked: None,
        },
    }
}

fn give_back(digits: &str, paper: &str) -> Command {
    Command::Return {
        way: ReturnWay::Counter,
        taken_by: "Nông Thị Hoa".into(),
        proof: Some(TakenProof {
            id_digits: digits.into(),
            signature: None,
            paper_number: paper.into(),
        }),
    }
}

/// A dossier that went so far, a month passing on the way.
fn at(step: usize) -> Desk {
    let mut desk = Desk::new(Level::Three);
    desk.file(Channel::Counter, 28_000);
    let now = desk.now;
    let hand_over = Command::HandOver {
        to: "24.13".into(),
        reason: "Sáp nhập.".into(),
    };
    let lacks = vec![Lack {
        about: "dan_toc".into(),
        label: "Dân tộc".into(),
        reason: "Thiếu.".into(),
    }];
    let answers = [("dan_toc".to_owned(), "Nùng".into())].into();
    let forward = Command::Forward { note: String::new() };
    let stop = Command::Stop {
        reason: "Theo quyết định.".into(),
    };
    let supplement = Command::Supplement {
        answers,
        papers: Vec::new(),
    };
    let whole: Vec<(&str, Role, Command)> = vec![
        (
            "24.12",
            Role::Receptionist,
            Command::RequestSupplement { lacks: lacks.clone() },
        ),
        ("24.12", Role::Citizen, supplement.clone()),
        ("24.12", Role::Receptionist, Command::RecordPayment(cash(28_000, now))),
        ("24.12", Role::Receptionist, Command::Accept),
        ("24.12", Role::System, hand_over),
        ("24.13", Role::Receptionist, Command::RequestSupplement { lacks }),
        ("24.13", Role::Citizen, supplement),
        ("24.13", Role::Receptionist, forward),
        ("24.13", Role::Specialist, finish()),
        ("24.13", Role::Leader, if step == 99 { stop } else { result() }),
    ];
    for (agency, role, command) in whole.into_iter().take(step) {
        desk.wait(49);
        desk.act_of(agency, role, command).unwrap();
    }
    desk
}

#[test]
fn wherever_it_stands_nothing_of_it_is_counted_afterwards() {
    for step in (0..=10).chain([99]) {
        let mut desk = at(step);
        assert!(!counted(&desk).is_empty());
        desk.wait(24 * 40);
        let d = desk.act(Role::Leader, annul("Nộp hai lần.")).unwrap();
        assert_eq!(d.status, Status::Annulled);
        for (place, counts) in counted(&desk) {
            assert_eq!(counts, Counts::default(), "after {step} steps, in {place:?}");
        }
    }
    let mut refused = Desk::new(Level::Three);
    refused.file(Channel::Online, 0);
    let why = Command::Refuse {
        reason: "Sai nơi.".into(),
    };
    refused.act(Role::Receptionist, why).unwrap();
    refused.act(Role::Leader, annul("Thử hệ thống.")).unwrap();
    assert!(counted(&refused).values().all(|c| *c == Counts::default()));
}

#[test]
fn what_was_paid_goes_back_and_the_journal_stays() {
    let mut desk = at(4);
    let before = desk.journal().len();
    let d = desk.act(Role::Leader, annul("Nộp hai lần.")).unwrap();
    assert_eq!(d.refunds.iter().map(|r| r.amount).sum::<u64>(), 28_000);
    assert_eq!(d.moments.iter().filter(|m| m.kind == "annulled").count(), 1);
    assert!(desk.journal().len() > before);
}

#[test]
fn a_result_that_somebody_holds_is_not_annulled_with_its_dossier() {
    let mut desk = at(10);
    desk.act_of("24.13", Role::Receptionist, give_back("1234", "")).unwrap();
    assert!(matches!(
        desk.act(Role::Leader, annul("Nhầm.")),
        Err(Refusal::WrongStatus { .. })
    ));
}

#[test]
fn who_takes_a_result_is_proved_by_the_last_digits_or_by_what_she_signed() {
    for (digits, paper, kept) in [
        ("1234", "", Some("1234")),
        ("0191 8500 1234", "15/SGN", Some("019185001234")),
        ("", "15/SGN", Some("")),
        (" ", " ", None),
    ] {
        let d = at(10).act_of("24.13", Role::Receptionist, give_back(digits, paper)).unwrap();
        let proof = d.returned.unwrap().proof;
        assert_eq!(proof.as_ref().map(|p| p.id_digits.as_str()), kept, "{digits}");
    }
    for wrong in ["123", "12a4", "1234567890123"] {
        let said = at(10).act_of("24.13", Role::Receptionist, give_back(wrong, ""));
        assert_eq!(said, Err(Refusal::TakerDigits), "{wrong}");
    }
}
