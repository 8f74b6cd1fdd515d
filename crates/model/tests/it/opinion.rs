//! Steps that ask others: all at once, each with her own time; the step goes on when they have answered.

use crate::dossier::Desk;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::dossier::{Answer, AskRule, Channel, Command, Dossier, Level, Partner, Refusal, Silence, Status};
use motcua_model::id::{AccountId, AgencyCode};
use motcua_model::permission::{Action, Relation, may};

const TAX: &str = "24.03";
const LAND: &str = "09.00";

fn rule(id: &str, partner: Partner, hours: u32) -> AskRule {
    AskRule {
        id: id.into(),
        name: id.into(),
        partner,
        role: Role::Specialist,
        hours,
        when: None,
        silence: Silence::Waits,
        payment: String::new(),
        paper: false,
    }
}

/// A dossier at its first step, which asks the tax office and the department at the same time.
fn desk() -> Desk {
    let mut desk = Desk::new(Level::Four);
    let mut tax = rule("thue", Partner::Agency(TAX.into()), 16);
    tax.payment = "so_tien".into();
    desk.rules.steps[0].asks = vec![tax, rule("so", Partner::Agency(LAND.into()), 8)];
    desk.file(Channel::Online, 0);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    desk.act(Role::Receptionist, Command::Forward { note: String::new() })
        .unwrap();
    desk
}

fn answer(text: &str, amount: Option<u64>) -> Answer {
    Answer {
        agrees: true,
        text: text.into(),
        filled: amount.map(|n| ("so_tien".to_owned(), n.into())).into_iter().collect(),
        paper: None,
    }
}

fn give(desk: &mut Desk, agency: &str, ask: &str, amount: Option<u64>) -> Result<Dossier, Refusal> {
    let command = Command::GiveOpinion {
        ask: ask.into(),
        answer: answer("Thông báo số 12.", amount),
    };
    desk.act_of(agency, Role::Specialist, command)
}

fn finish(desk: &mut Desk) -> Result<Dossier, Refusal> {
    desk.act(Role::Specialist, crate::dossier::finish())
}

fn moment(at: jiff::Timestamp) -> String {
    local(at).strftime("%d/%m %H:%M").to_string()
}

#[test]
fn all_are_asked_at_once_and_each_has_a_time_of_her_own() {
    let d = desk().dossier().unwrap();
    let asked: Vec<_> = d
        .opinions
        .iter()
        .map(|o| (o.asked.agency.as_str(), moment(o.asked.due)))
        .collect();
    // Asked on Monday at 9:00: two working days, and one.
    assert_eq!(asked, [(TAX, "25/03 09:00".to_owned()), (LAND, "24/03 09:00".to_owned())]);
    assert_eq!(d.partners(), [&AgencyCode::from(TAX), &AgencyCode::from(LAND)]);
    assert_eq!(d.moments.last().unwrap().note, "thue; so");
}

#[test]
fn the_step_goes_on_when_all_have_answered() {
    let mut desk = desk();
    assert_eq!(
        finish(&mut desk),
        Err(Refusal::OpinionsAwaited {
            names: "thue; so".into()
        })
    );
    give(&mut desk, LAND, "so", None).unwrap();
    assert_eq!(finish(&mut desk), Err(Refusal::OpinionsAwaited { names: "thue".into() }));
    give(&mut desk, TAX, "thue", None).unwrap();
    assert!(matches!(finish(&mut desk).unwrap().status, Status::InProcess(s) if s.step == 1));
}

#[test]
fn or_with_as_many_as_the_data_says_and_who_comes_after_is_still_heard() {
    let mut desk = desk();
    desk.rules.steps[0].answers = Some(1);
    assert!(finish(&mut desk).is_err());
    give(&mut desk, LAND, "so", None).unwrap();
    finish(&mut desk).unwrap();
    desk.wait(72);
    let d = give(&mut desk, TAX, "thue", None).unwrap();
    let given = d.opinions[0].given.as_ref().unwrap();
    assert!(given.late);
    assert!(!d.opinions[1].given.as_ref().unwrap().late);
}

#[test]
fn where_silence_agrees_the_step_goes_on_after_the_time_and_not_before() {
    let mut desk = desk();
    for ask in &mut desk.rules.steps[0].asks {
        ask.silence = Silence::Agrees;
    }
    // What was asked was asked under the rules of its day.
    let mut again = Desk::new(Level::Four);
    again.rules = desk.rules.clone();
    again.file(Channel::Online, 0);
    again.act(Role::Receptionist, Command::Accept).unwrap();
    again
        .act(Role::Receptionist, Command::Forward { note: String::new() })
        .unwrap();
    again.wait(24);
    assert_eq!(
        finish(&mut again),
        Err(Refusal::OpinionsAwaited {
            names: "thue; so".into()
        })
    );
    again.wait(25);
    assert!(finish(&mut again).is_ok());
    desk.wait(49);
    assert!(finish(&mut desk).is_err());
}

#[test]
fn silence_is_noted_once_and_after_the_time_only_and_an_answer_is_still_heard() {
    let mut desk = Desk::new(Level::Four);
    let mut tax = rule("thue", Partner::Agency(TAX.into()), 16);
    tax.silence = Silence::Agrees;
    desk.rules.steps[0].asks = vec![tax, rule("so", Partner::Agency(LAND.into()), 8)];
    desk.file(Channel::Online, 0);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    desk.act(Role::Receptionist, Command::Forward { note: String::new() })
        .unwrap();
    let silent = |ask: &str| Command::NoteSilence {
        ask: ask.into(),
        reason: String::new(),
    };
    assert_eq!(desk.act(Role::System, silent("thue")), Err(Refusal::NotLate));
    desk.wait(49);
    assert_eq!(desk.act(Role::System, silent("so")), Err(Refusal::NotLate));
    let d = desk.act(Role::System, silent("thue")).unwrap();
    assert_eq!(d.opinions[0].silent, Some(desk.now));
    assert_eq!(d.awaited_opinions().map(|o| o.asked.id.as_str()).collect::<Vec<_>>(), ["so"]);
    assert_eq!(desk.act(Role::System, silent("thue")), Err(Refusal::Overtaken));
    let d = give(&mut desk, TAX, "thue", None).unwrap();
    assert!(d.opinions[0].given.as_ref().unwrap().late);
}

#[test]
fn the_head_goes_on_without_an_answer_that_is_late_and_says_why() {
    let mut desk = desk();
    let go_on = |reason: &str| Command::NoteSilence {
        ask: "so".into(),
        reason: reason.into(),
    };
    assert_eq!(desk.act(Role::Leader, go_on("Sở đã giải thể.")), Err(Refusal::NotLate));
    desk.wait(25);
    assert_eq!(desk.act(Role::Leader, go_on(" ")), Err(Refusal::ReasonMissing));
    let d = desk.act(Role::Leader, go_on("Sở đã giải thể.")).unwrap();
    assert_eq!(d.moments.last().unwrap().note, "so: Sở đã giải thể.");
    assert_eq!(finish(&mut desk), Err(Refusal::OpinionsAwaited { names: "thue".into() }));
}

#[test]
fn who_was_asked_for_something_else_does_not_say_that_the_tax_was_paid() {
    let mut desk = desk();
    give(&mut desk, TAX, "thue", Some(7_000_000)).unwrap();
    let paid = Command::ConfirmPayment {
        reference: "GNT-1".into(),
    };
    assert_eq!(
        desk.act_of(LAND, Role::Specialist, paid.clone()),
        Err(Refusal::NotYourOpinion)
    );
    assert!(desk.act(Role::Specialist, paid).is_ok());
}

#[test]
fn only_who_was_asked_answers_and_once() {
    let mut desk = desk();
    assert_eq!(give(&mut desk, LAND, "thue", None), Err(Refusal::NotYourOpinion));
    let head = Command::GiveOpinion {
        ask: "thue".into(),
        answer: answer("Không.", None),
    };
    assert_eq!(desk.act_of(TAX, Role::Leader, head), Err(Refusal::NotYourOpinion));
    give(&mut desk, TAX, "thue", None).unwrap();
    assert_eq!(
        give(&mut desk, TAX, "thue", None),
        Err(Refusal::OpinionGiven { by: "Ai đó".into() })
    );
}

#[test]
fn a_tax_that_comes_first_stops_the_clock_until_it_is_paid() {
    let mut desk = desk();
    let d = give(&mut desk, TAX, "thue", Some(7_000_000)).unwrap();
    assert_eq!(d.open_wait().map(|w| w.amount), Some(7_000_000));
    assert!(d.pause.is_some());
    give(&mut desk, LAND, "so", None).unwrap();
    desk.wait(240);
    assert!(finish(&mut desk).is_err());
    let paid = Command::ConfirmPayment {
        reference: "GNT-1".into(),
    };
    let d = desk.act_of(TAX, Role::Specialist, paid).unwrap();
    assert!(d.pause.is_none() && matches!(d.status, Status::InProcess(_)));
    assert!(finish(&mut desk).is_ok());
}

#[test]
fn what_is_sent_back_to_the_step_keeps_the_answers_that_it_has() {
    let mut desk = desk();
    give(&mut desk, TAX, "thue", None).unwrap();
    give(&mut desk, LAND, "so", None).unwrap();
    finish(&mut desk).unwrap();
    let back = Command::SendBack {
        reason: "Ghi rõ.".into(),
    };
    let d = desk.act(Role::Leader, back).unwrap();
    assert_eq!(d.opinions.len(), 2);
    assert!(finish(&mut desk).is_ok());
}

#[test]
fn an_agency_that_is_not_there_cannot_be_asked_and_nothing_changes() {
    let mut desk = Desk::new(Level::Four);
    desk.rules.steps[0].asks = vec![rule("thue", Partner::Kind(motcua_model::procedure::AgencyKind::TaxBranch), 8)];
    desk.file(Channel::Online, 0);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    let forward = Command::Forward { note: String::new() };
    assert_eq!(
        desk.act(Role::Receptionist, forward.clone()),
        Err(Refusal::NoPartner { name: "thue".into() })
    );
    desk.rules.name_partners(|_| Some(AgencyCode::from(TAX)));
    let d = desk.act(Role::Receptionist, forward).unwrap();
    assert_eq!(d.opinions[0].asked.agency, AgencyCode::from(TAX));
}

#[test]
fn an_agency_that_was_asked_apologises_for_its_own_delay_once() {
    let mut desk = desk();
    let apology = |day: i8| Command::Apologise {
        date: jiff::civil::date(2020, 4, day),
        reason: "Nhiều hồ sơ.".into(),
    };
    assert_eq!(desk.act_of(TAX, Role::Specialist, apology(1)), Err(Refusal::NotLate));
    desk.wait(72);
    let d = desk.act_of(TAX, Role::Specialist, apology(1)).unwrap();
    assert_eq!(d.apologies[0].number, "1/XLHL");
    assert_eq!(
        desk.act_of(TAX, Role::Specialist, apology(3)),
        Err(Refusal::AlreadyApologised)
    );
    // The agency that settles it is another one.
    desk.act(Role::Leader, apology(3)).unwrap();
}

#[test]
fn who_was_asked_sees_the_dossier_and_decides_nothing_else() {
    let d = desk().dossier().unwrap();
    let actor = |agency: &str| Actor {
        account: AccountId(uuid::Uuid::from_u128(9)),
        name: "Cán bộ".into(),
        role: Role::Specialist,
        agency: Some(agency.into()),
    };
    assert_eq!(Relation::of(&actor(TAX), &d), Relation::Asked);
    assert_eq!(Relation::of(&actor("24.04"), &d), Relation::Stranger);
    assert!(may(Role::Specialist, Action::GiveOpinion, Relation::Asked));
    assert!(!may(Role::Specialist, Action::FinishStep, Relation::Asked));
}

#[test]
fn a_dossier_filed_twice_is_annulled_and_stays_to_be_read() {
    let mut desk = desk();
    let annul = |reason: &str| Command::Annul { reason: reason.into() };
    assert_eq!(desk.act(Role::Leader, annul(" ")), Err(Refusal::ReasonMissing));
    let d = desk.act(Role::Leader, annul("Nộp hai lần.")).unwrap();
    assert_eq!((d.status.clone(), d.turn()), (Status::Annulled, None));
    assert_eq!(d.open_opinions().count(), 0);
    assert!(matches!(
        desk.act(Role::Leader, annul("Nữa.")),
        Err(Refusal::WrongStatus { .. })
    ));
}

#[test]
fn old_journals_without_opinions_are_read_and_written_again_alike() {
    for old in [
        r#"{"kind":"result_returned","way":"counter","taken_by":"Hoa"}"#,
        r#"{"kind":"apologised","agency":"24.12","reason":"Chậm","was":"2020-03-26T10:00:00Z","promised":"2020-03-27T10:00:00Z"}"#,
        r#"{"kind":"due_recomputed","why":"Nghỉ","due":null,"remaining":null,"acknowledge_by":null}"#,
    ] {
        let event: motcua_model::dossier::Event = serde_json::from_str(old).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), old);
    }
    let d = desk().dossier().unwrap();
    let state = serde_json::to_string(&d).unwrap();
    assert_eq!(serde_json::from_str::<Dossier>(&state).unwrap(), d);
}
