//! A clerk's till of a day.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
use motcua_model::id::{AccountId, AgencyCode, TillId};
use motcua_model::till::{Till, TillProblem, TillState, shares};
use proptest::prelude::*;

const DAY: Date = date(2020, 3, 30);
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn account(n: u128) -> AccountId {
    AccountId(uuid::Uuid::from_u128(n))
}

fn till(opening: u64, taken: u64) -> Till {
    Till {
        id: TillId(uuid::Uuid::from_u128(1)),
        office: AgencyCode::from("24.02"),
        clerk: account(1),
        clerk_name: "Lục Thị Sen".into(),
        day: DAY,
        opening,
        taken,
        state: TillState::Open,
        count: None,
        confirmed: None,
        deposit: String::new(),
    }
}

fn head(n: u128, role: Role, office: &str) -> Actor {
    Actor {
        account: account(n),
        name: "Ma Thị Nhung".into(),
        role,
        agency: Some(AgencyCode::from(office)),
    }
}

#[test]
fn a_till_that_is_right_is_closed_by_its_clerk() {
    let mut till = till(200_000, 45_000);
    assert_eq!(till.count(account(2), 245_000, "", NOW), Err(TillProblem::NotYours));
    till.count(account(1), 245_000, "thừa lời", NOW).unwrap();
    assert_eq!(
        (till.state, till.difference(), till.to_deposit()),
        (TillState::Closed, Some(0), 45_000)
    );
    assert_eq!(till.count.as_ref().unwrap().reason, "", "nothing is to be explained");
    assert_eq!(till.count(account(1), 245_000, "", NOW), Err(TillProblem::NotOpen));
}

#[test]
fn cash_that_is_short_needs_a_reason_and_a_head_who_is_not_the_clerk() {
    let mut till = till(200_000, 45_000);
    assert_eq!(till.count(account(1), 235_000, " ", NOW), Err(TillProblem::ReasonMissing));
    let long = "x".repeat(501);
    assert_eq!(till.count(account(1), 235_000, &long, NOW), Err(TillProblem::ReasonTooLong));
    till.count(account(1), 235_000, "Trả nhầm tiền thừa", NOW).unwrap();
    assert_eq!((till.state, till.difference()), (TillState::Counted, Some(-10_000)));
    for (who, problem) in [
        (head(1, Role::PostHead, "24.02"), TillProblem::SamePerson),
        (head(2, Role::PostClerk, "24.02"), TillProblem::NotYours),
        (head(2, Role::PostHead, "20.02"), TillProblem::NotYours),
    ] {
        assert_eq!(till.confirm(&who, NOW), Err(problem));
    }
    till.confirm(&head(2, Role::PostHead, "24.02"), NOW).unwrap();
    assert_eq!((till.state, till.to_deposit()), (TillState::Closed, 35_000));
    assert_eq!(
        till.count_again(&head(2, Role::PostHead, "24.02")),
        Err(TillProblem::NotCounted)
    );
}

#[test]
fn a_head_lets_a_till_be_counted_again() {
    let mut till = till(0, 45_000);
    till.count(account(1), 40_000, "Đếm vội", NOW).unwrap();
    till.count_again(&head(2, Role::PostHead, "24.02")).unwrap();
    till.count(account(1), 45_000, "", NOW).unwrap();
    assert_eq!(till.state, TillState::Closed);
}

#[test]
fn cash_goes_into_the_till_of_the_day_and_of_the_office_only() {
    let till = till(0, 0);
    let office = AgencyCode::from("24.02");
    assert_eq!(till.takes(&office, DAY), Ok(()));
    assert_eq!(
        till.takes(&office, DAY.tomorrow().unwrap()),
        Err(Refusal::TillNotClosed { day: DAY })
    );
    assert_eq!(till.takes(&AgencyCode::from("20.02"), DAY), Err(Refusal::TillElsewhere));
}

#[test]
fn what_is_missing_goes_off_the_largest_share_first_and_beyond_all_is_the_offices_own() {
    let taken = [(AgencyCode::from("24.12"), 15_000), (AgencyCode::from("03.00"), 135_000)];
    let counted = |difference| shares(&taken, difference).iter().map(|s| s.counted).collect::<Vec<_>>();
    assert_eq!(counted(0), [135_000, 15_000]);
    assert_eq!(counted(-10_000), [125_000, 15_000]);
    assert_eq!(counted(-140_000), [0, 10_000]);
    assert_eq!(counted(-500_000), [0, 0]);
    assert_eq!(counted(5_000), [140_000, 15_000]);
    assert_eq!(shares(&[], -10_000), []);
}

proptest! {
    #[test]
    fn no_difference_makes_money_out_of_nothing(taken in proptest::collection::vec(0u64..1_000_000, 0..6), difference in -2_000_000i64..2_000_000) {
        let taken: Vec<_> = taken.into_iter().enumerate().map(|(i, a)| (AgencyCode(format!("24.{i:02}")), a)).collect();
        let whole: i64 = taken.iter().map(|t| t.1.cast_signed()).sum();
        let counted: i64 = shares(&taken, difference).iter().map(|s| s.counted.cast_signed()).sum();
        let expected = if whole == 0 { 0 } else { (whole + difference).max(0) };
        prop_assert_eq!(counted, expected);
    }
}
