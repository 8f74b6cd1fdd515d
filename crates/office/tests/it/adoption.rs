//! The share filed online, from counts kept with every submission.

use crate::town::Town;
use motcua_model::dossier::Refusal;
use motcua_office::OfficeError;
use motcua_office::adoption::{Intake, months_before};

const COUNT: u64 = 300;

fn sum(list: impl IntoIterator<Item = Intake>) -> i64 {
    list.into_iter().map(|i| i.total()).sum()
}

#[tokio::test]
async fn every_dossier_counts_once_from_every_side() {
    let town = Town::new().await;
    town.office.simulate(COUNT, 300, 7, |_| {}).await.unwrap();
    let monitor = town.sign_in("giamsat").await;
    let seen = town.office.adoption(&monitor, None, None).await.unwrap();
    assert_eq!((seen.from, seen.to), (201904, 202003));
    assert_eq!(seen.all.total(), 300);
    assert_eq!(sum(seen.months.iter().map(|m| m.1)), 300);
    assert_eq!(sum(seen.agencies.iter().map(|a| a.1)), 300);
    assert_eq!(sum(seen.services.iter().map(|s| s.1)), 300);
    assert!(seen.all.online > 0 && seen.all.counter > seen.all.online, "{:?}", seen.all);
    assert!(seen.all.level_four <= seen.all.all_online());
    assert!((1..=seen.services.len()).contains(&seen.concentration));
    assert!(seen.unused.is_sorted_by_key(|u| -u.counter));
    let checked = town.office.verify(|_, _| {}).await.unwrap();
    assert_eq!((checked.dossiers, checked.damage.is_none()), (COUNT, true));
}

#[tokio::test]
async fn a_leader_sees_her_own_agency_and_a_receptionist_nothing() {
    let town = Town::new().await;
    town.office.simulate(COUNT, 300, 7, |_| {}).await.unwrap();
    let leader = town.sign_in("lanhdao.gtvt").await;
    let seen = town.office.adoption(&leader, None, None).await.unwrap();
    assert_eq!(seen.agencies.iter().map(|a| a.0.as_str()).collect::<Vec<_>>(), ["03.00"]);
    assert!(seen.all.total() > 0 && seen.months.is_empty());
    let receptionist = town.sign_in("motcua.gtvt").await;
    let refused = town.office.adoption(&receptionist, None, None).await;
    assert!(matches!(refused, Err(OfficeError::Refused(Refusal::NotPermitted))));
}

#[test]
fn months_are_counted_across_years() {
    assert_eq!(
        [months_before(202003, 11), months_before(202003, 3), months_before(202001, 0)],
        [201904, 201912, 202001]
    );
}
