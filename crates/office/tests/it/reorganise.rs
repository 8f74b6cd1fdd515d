//! The organisation changes, and running dossiers follow.

use crate::town::Town;
use jiff::civil::date;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
use motcua_model::id::AgencyCode;
use motcua_office::OfficeError;
use std::collections::BTreeMap;

/// Running dossiers of each agency, as the counts have it.
async fn running(town: &Town) -> BTreeMap<String, i64> {
    let monitor = town.sign_in("giamsat").await;
    let mut counts = BTreeMap::new();
    for t in town.office.agencies_tally(&monitor).await.unwrap() {
        if t.turn != "nobody" {
            *counts.entry(t.agency).or_insert(0) += t.n;
        }
    }
    counts
}

async fn reorganise(town: &Town) -> u64 {
    let administrator = town.sign_in("quantri").await;
    let mut handed = 0;
    for _ in 0..20 {
        let done = town.office.reorganise(&administrator).await.unwrap();
        assert_eq!(done.left, Vec::<String>::new());
        handed += done.handed;
        if !done.more {
            break;
        }
    }
    handed
}

fn officer(agency: &AgencyCode, role: Role) -> Actor {
    Actor {
        account: motcua_model::id::AccountId(uuid::Uuid::from_u128(1)),
        name: "Người mới".into(),
        role,
        agency: Some(agency.clone()),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_levels_take_over_what_runs_and_counts_stay_right() {
    let town = Town::new().await;
    town.office.simulate(400, 300, 7, |_| {}).await.unwrap();
    let before = running(&town).await;
    assert_eq!(reorganise(&town).await, 0);

    town.office.catalogue().turn_to(date(2025, 7, 1));
    let handed = reorganise(&town).await;
    let after = running(&town).await;
    let organisation = town.office.catalogue().organisation();
    let closed = |code: &String| !organisation.is_open(&AgencyCode::from(code.as_str()));
    assert!(handed > 0 && before.keys().any(closed));
    assert!(!after.keys().any(closed), "{after:?}");
    assert_eq!(before.values().sum::<i64>(), after.values().sum::<i64>());
    // Again changes nothing, and every row is what its journal says.
    assert_eq!(reorganise(&town).await, 0);
    let verified = town.office.verify(|_, _| {}).await.unwrap();
    assert_eq!((verified.dossiers, verified.damage.is_none()), (400, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dossier_is_handed_over_with_the_decision_in_its_journal_and_goes_on() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let filed = town.filed(&citizen).await;
    let reception = town.sign_in("motcua.sangmoc").await;

    town.office.catalogue().turn_to(date(2025, 7, 1));
    assert_eq!(reorganise(&town).await, 1);
    let moved = town.office.my_dossier(&citizen, filed.id).await.unwrap();
    let agency = town.office.catalogue().agency(&moved.agency).unwrap();
    assert_eq!(agency.name.vi, "Ủy ban nhân dân xã Sảng Mộc");
    assert_ne!(moved.agency, filed.agency);
    assert_eq!((moved.status, &moved.code), (filed.status, &filed.code));
    assert_eq!(moved.acknowledge_by, filed.acknowledge_by);
    let last = moved.moments.last().unwrap();
    assert_eq!(last.kind, "handed_over");
    assert!(last.note.contains("1683/NQ-UBTVQH15"), "{}", last.note);

    // The old desk does not act on it any more, the new one does.
    let why = || "Nộp sai nơi.".to_owned();
    let old = town.office.refuse(&reception, filed.id, moved.version, why()).await;
    assert!(matches!(old, Err(OfficeError::Refused(Refusal::NotFound))));
    let new = officer(&moved.agency, Role::Receptionist);
    town.office.refuse(&new, filed.id, moved.version, why()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_finished_stays_and_the_successor_may_only_read_it() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let filed = town.filed(&citizen).await;
    let reception = town.sign_in("motcua.sangmoc").await;
    town.office
        .refuse(&reception, filed.id, filed.version, "Nộp sai nơi.".into())
        .await
        .unwrap();

    town.office.catalogue().turn_to(date(2025, 7, 1));
    assert_eq!(reorganise(&town).await, 0);
    let organisation = town.office.catalogue().organisation();
    let heir = organisation.heirs(&filed.agency)[0].code.clone();
    let seen = town
        .office
        .glance(&officer(&heir, Role::Receptionist), filed.id)
        .await
        .unwrap();
    assert_eq!(seen.dossier.agency, filed.agency);
    let accepted = town.office.accept(&officer(&heir, Role::Receptionist), filed.id, 2).await;
    assert!(matches!(accepted, Err(OfficeError::Refused(Refusal::NotPermitted))));
    // Another commune is no successor.
    let other = organisation.agencies().find(|a| a.place.as_deref() == Some("05953")).unwrap();
    let seen = town.office.glance(&officer(&other.code, Role::Receptionist), filed.id).await;
    assert!(matches!(seen, Err(OfficeError::Refused(Refusal::NotFound))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_but_the_administrator_hands_over() {
    let town = Town::new().await;
    for login in ["0912345678", "lanhdao.vonhai", "giamsat", "motcua.gtvt"] {
        let actor = town.sign_in(login).await;
        let refused = town.office.reorganise(&actor).await;
        assert!(matches!(refused, Err(OfficeError::Refused(Refusal::NotPermitted))), "{login}");
    }
}
