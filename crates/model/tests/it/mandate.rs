//! Acting for another.

use crate::dossier::Desk;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Channel, Level};
use motcua_model::id::{AccountId, DossierId, MandateId, ProcedureCode};
use motcua_model::mandate::{Mandate, MandateProblem, MandateState, Named, Party, Scope};
use motcua_model::permission::Action;

const TODAY: Date = date(2020, 3, 30);

fn account(n: u128) -> AccountId {
    AccountId(uuid::Uuid::from_u128(n))
}

const SON: Party<'static> = Party {
    account: AccountId(uuid::Uuid::from_u128(2)),
    name: "Nông Văn Bình",
    phone: "+84987654321",
    email: "",
    person_id: "019205001111",
};

fn mother() -> Party<'static> {
    Party {
        account: AccountId::SYSTEM,
        name: "Nông Thị Hoa",
        phone: "+84912345678",
        email: "hoa@example.vn",
        person_id: "019185001234",
    }
}

fn given(scope: Scope) -> Mandate {
    Mandate {
        id: MandateId(uuid::Uuid::from_u128(1)),
        principal: AccountId::SYSTEM,
        principal_name: "Nông Thị Hoa".into(),
        to: Named {
            name: "Nông Văn Bình".into(),
            login: "+84987654321".into(),
            person_id: String::new(),
        },
        authorised: None,
        authorised_name: String::new(),
        scope,
        purpose: String::new(),
        given_at: Timestamp::UNIX_EPOCH,
        until: TODAY,
        state: MandateState::Asked,
        ended: None,
    }
}

fn actor(n: u128, name: &str) -> Actor {
    Actor {
        account: account(n),
        name: name.into(),
        role: Role::Citizen,
        agency: None,
    }
}

#[test]
fn a_mandate_is_for_somebody_else_and_for_a_year_at_most() {
    let mut m = given(Scope::All);
    assert_eq!(m.check(&mother(), TODAY), Ok(()));
    m.until = date(2020, 3, 29);
    assert_eq!(m.check(&mother(), TODAY), Err(MandateProblem::Until));
    m.until = date(2021, 4, 1);
    assert_eq!(m.check(&mother(), TODAY), Err(MandateProblem::Until));
    m.until = TODAY;
    m.to.person_id = "019185001234".into();
    assert_eq!(m.check(&mother(), TODAY), Err(MandateProblem::Herself));
    m.to.person_id.clear();
    m.to.login = "hoa@example.vn".into();
    assert_eq!(m.check(&mother(), TODAY), Err(MandateProblem::Herself));
}

#[test]
fn it_holds_once_accepted_by_who_was_meant_and_until_its_last_day() {
    let d = Desk::new(Level::Four).file(Channel::Online, 0);
    let mut m = given(Scope::All);
    assert!(!m.lets(Action::View, &d, TODAY), "nobody accepted it");
    assert!(m.is_for(&SON) && !m.is_for(&mother()));
    m.to.person_id = "019205002222".into();
    assert_eq!(m.accept(&SON), Err(MandateProblem::OtherPerson));
    m.to.person_id = "019205001111".into();
    m.accept(&SON).unwrap();
    assert_eq!(m.accept(&SON), Err(MandateProblem::Settled));
    for action in [Action::View, Action::Pay, Action::Supplement] {
        assert!(m.lets(action, &d, TODAY), "{action:?}");
    }
    for action in [Action::Withdraw, Action::RevokeConsent, Action::Accept] {
        assert!(!m.lets(action, &d, TODAY), "{action:?}");
    }
    assert!(!m.lets(Action::View, &d, date(2020, 3, 31)), "its last day is over");
}

#[test]
fn either_ends_it_at_once_and_it_is_never_accepted_again() {
    let d = Desk::new(Level::Four).file(Channel::Online, 0);
    for who in [actor(0, "Nông Thị Hoa"), actor(2, "Nông Văn Bình")] {
        let mut m = given(Scope::All);
        m.accept(&SON).unwrap();
        m.end(&who, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((m.state, m.lets(Action::View, &d, TODAY)), (MandateState::Revoked, false));
        assert_eq!(m.ended.as_ref().map(|e| e.by.as_str()), Some(who.name.as_str()));
        assert_eq!(m.end(&who, Timestamp::UNIX_EPOCH), Err(MandateProblem::Settled));
        assert_eq!(m.accept(&SON), Err(MandateProblem::Settled));
    }
    let mut m = given(Scope::All);
    m.end(&actor(2, "Nông Văn Bình"), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(m.state, MandateState::Declined);
}

#[test]
fn it_reaches_as_far_as_its_scope() {
    let d = Desk::new(Level::Four).file(Channel::Online, 0);
    let marital = ProcedureCode::from("1.004873");
    let other = ProcedureCode::from("1.001193");
    let accepted = |scope| {
        let mut m = given(scope);
        m.accept(&SON).unwrap();
        m
    };
    let one = accepted(Scope::Dossier { id: d.id });
    assert!(one.lets(Action::View, &d, TODAY) && !one.lets_file(&marital, TODAY));
    let another = accepted(Scope::Dossier {
        id: DossierId(uuid::Uuid::from_u128(8)),
    });
    assert!(!another.lets(Action::View, &d, TODAY));
    let service = accepted(Scope::Service { code: marital.clone() });
    assert!(service.lets(Action::View, &d, TODAY) && service.lets_file(&marital, TODAY) && !service.lets_file(&other, TODAY));
    let strangers = Mandate {
        principal: account(5),
        ..accepted(Scope::All)
    };
    assert!(!strangers.lets(Action::View, &d, TODAY), "not the principal's dossier");
}

#[test]
fn the_journal_names_both() {
    assert_eq!(
        actor(2, "Nông Văn Bình").on_behalf_of("Nông Thị Hoa").name,
        "Nông Văn Bình thay mặt Nông Thị Hoa"
    );
}
