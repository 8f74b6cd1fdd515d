//! Filing for a person who stands at a post office: her card, her agreement, and its end.

use crate::dossier::Desk;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use motcua_model::actor::{Actor, Role};
use motcua_model::consent::{Assisted, Bearer, CardFields, CardProblem, Consent, ConsentEnd, ConsentState, ConsentWay, Witness};
use motcua_model::dossier::{Channel, Command, Level, Refusal, Status};
use motcua_model::id::{AccountId, AgencyCode, DossierId, ProcedureCode};
use motcua_model::identifier::PersonIdError;
use motcua_model::permission::{Action, Relation, may};

const CARD: &str = "019185001234|090123456|Nông Thị Hoa|30031985|Nữ|Xã Sảng Mộc, Huyện Võ Nhai, Thái Nguyên|01012018";
const TODAY: Date = date(2020, 3, 30);

fn office() -> AgencyCode {
    AgencyCode::from("24.02")
}

/// A consent that was signed on the screen at the post office of Võ Nhai.
pub fn signed(at: Timestamp) -> Consent {
    Consent {
        number: "DY-24.02-2020-000001".into(),
        way: ConsentWay::Signature,
        office: office(),
        clerk: "Lục Thị Sen".into(),
        at,
        proof: None,
        witness: None,
    }
}

fn scanned(card: &str) -> Result<Bearer, Vec<(&'static str, CardProblem)>> {
    let mut fields = CardFields {
        card: card.into(),
        ..CardFields::default()
    };
    fields.read(TODAY)
}

fn asked() -> Assisted {
    Assisted {
        id: DossierId(uuid::Uuid::from_u128(7)),
        procedure: ProcedureCode::from("1.004873"),
        office: office(),
        clerk: AccountId::SYSTEM,
        clerk_name: "Lục Thị Sen".into(),
        bearer: scanned(CARD).unwrap(),
        phone: "+84912345678".into(),
        number: "DY-24.02-2020-000001".into(),
        asked_at: Timestamp::UNIX_EPOCH,
        state: ConsentState::Asked,
        consent: None,
        revoked: None,
    }
}

#[test]
fn a_card_gives_its_seven_fields() {
    let bearer = scanned(CARD).unwrap();
    let expected = Bearer {
        name: "Nông Thị Hoa".into(),
        person_id: "019185001234".into(),
        old_id: "090123456".into(),
        birth_date: "30/03/1985".into(),
        sex: "female".into(),
        address: "Xã Sảng Mộc, Huyện Võ Nhai, Thái Nguyên".into(),
        issued: "01/01/2018".into(),
    };
    assert_eq!(bearer, expected);
    assert_eq!(bearer.masked_id(), "••••••••1234");
    assert!(bearer.is("019185001234") && bearer.is("090123456") && !bearer.is("019185001235") && !bearer.is(""));
}

#[test]
fn rubbish_is_no_card_and_nothing_is_guessed_from_it() {
    for rubbish in [
        "https://example.vn/abc",
        "019185001234",
        "|||||||",
        "090123456||Nông Thị Hoa|30031985|Nữ|x|01012018",
        "019185001234||Nông Thị Hoa|31021985|Nữ|x|01012018",
    ] {
        assert_eq!(scanned(rubbish), Err(vec![("card", CardProblem::NotACard)]), "{rubbish}");
    }
    let two_people = CARD.replace("30031985", "30031958");
    assert_eq!(
        scanned(&two_people),
        Err(vec![("person_id", CardProblem::PersonId(PersonIdError::BirthYear(1985)))])
    );
}

#[test]
fn a_name_that_the_scanner_broke_is_typed_and_the_rest_of_the_scan_stays() {
    let mut fields = CardFields {
        card: CARD.replace("Nông Thị Hoa", "N?ng Th? Hoa"),
        ..CardFields::default()
    };
    assert_eq!(fields.read(TODAY), Err(vec![("name", CardProblem::NameBroken)]));
    assert_eq!(fields.person_id, "019185001234");
    fields.name = "Nông Thị Hoa".into();
    assert_eq!(fields.read(TODAY).unwrap().name, "Nông Thị Hoa");
}

#[test]
fn a_card_typed_by_hand_is_checked_field_by_field() {
    let mut fields = CardFields {
        person_id: "019 185 001 234".into(),
        old_id: "12345".into(),
        name: "Nông Thị Hoa".into(),
        birth_date: "30/3/2085".into(),
        sex: "male".into(),
        issued: "2018".into(),
        ..CardFields::default()
    };
    let wrong: Vec<&str> = fields.read(TODAY).unwrap_err().into_iter().map(|p| p.0).collect();
    assert_eq!(wrong, ["birth_date", "person_id", "old_id", "issued"]);
    fields.old_id.clear();
    fields.birth_date = "30/3/1985".into();
    fields.sex = "female".into();
    fields.issued.clear();
    assert_eq!(fields.read(TODAY).unwrap().person_id, "019185001234");
}

#[test]
fn nothing_goes_on_before_she_agreed_after_she_took_it_back_or_at_another_office() {
    let mut assisted = asked();
    assert_eq!(assisted.stands_for(Some(&office())), Err(Refusal::ConsentMissing));
    let witness = Witness {
        name: "Lý Văn Páo".into(),
        person_id: "019085004321".into(),
    };
    let at = Timestamp::UNIX_EPOCH;
    assisted.give(ConsentWay::Witness, None, Some(witness.clone()), at).unwrap();
    assert_eq!(assisted.stands_for(Some(&office())).unwrap().witness, Some(witness));
    let elsewhere = AgencyCode::from("20.02");
    assert_eq!(assisted.stands_for(Some(&elsewhere)), Err(Refusal::ConsentElsewhere));
    assert_eq!(assisted.give(ConsentWay::Code, None, None, at), Err(Refusal::Overtaken));
    assisted.revoke(at, "Nông Thị Hoa", "").unwrap();
    assert_eq!(assisted.stands_for(Some(&office())), Err(Refusal::ConsentRevoked));
    assert_eq!(assisted.give(ConsentWay::Code, None, None, at), Err(Refusal::ConsentRevoked));
    assert!(assisted.consent.is_some(), "what she agreed to is kept");
}

#[test]
fn a_post_office_files_for_nobody_who_has_not_agreed() {
    let mut desk = Desk::new(Level::Four);
    let d = desk.file(Channel::Post, 15_000);
    assert_eq!((d.version, d.channel), (2, Channel::Post));
    assert_eq!(d.consent.as_ref().map(|c| c.way), Some(ConsentWay::Signature));
    let without = Desk::new(Level::Four).submit_without_consent();
    assert_eq!(without, Err(Refusal::ConsentMissing));
}

#[test]
fn after_filing_a_consent_taken_back_hides_the_dossier_from_the_post_office_and_stops_nothing() {
    let mut desk = Desk::new(Level::Four);
    let d = desk.file(Channel::Post, 15_000);
    let clerk = Actor {
        account: AccountId(uuid::Uuid::from_u128(9)),
        name: "Lục Thị Sen".into(),
        role: Role::PostClerk,
        agency: Some(office()),
    };
    assert_eq!(Relation::of(&clerk, &d), Relation::FiledHere);
    let revoke = || Command::RevokeConsent {
        reason: "Đổi ý".into()
    };
    let d = desk.act(Role::Citizen, revoke()).unwrap();
    assert_eq!(
        (d.status.clone(), Relation::of(&clerk, &d)),
        (Status::Filed, Relation::Stranger)
    );
    let kept = ConsentEnd {
        at: desk.now,
        by: "Ai đó".into(),
        reason: "Đổi ý".into(),
    };
    assert_eq!(d.consent_revoked, Some(kept));
    assert!(d.consent.is_some());
    assert_eq!(desk.act(Role::Citizen, revoke()), Err(Refusal::ConsentRevoked));
    let own = &mut Desk::new(Level::Four);
    own.file(Channel::Online, 0);
    assert_eq!(own.act(Role::Citizen, revoke()), Err(Refusal::ConsentMissing));
    assert!(!may(Role::Specialist, Action::RevokeConsent, Relation::SameAgency));
}
