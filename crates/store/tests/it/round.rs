//! A parcel is on one round, whoever presses first, and the order of stops is the clerk's.

use crate::on_every_engine;
use motcua_model::id::{AccountId, AgencyCode, DossierId};
use motcua_store::Store;
use motcua_store::round::PlannedStop;

const ONE: AccountId = AccountId(uuid::Uuid::from_u128(1));
const OTHER: AccountId = AccountId(uuid::Uuid::from_u128(2));

fn stop(dossier: u128) -> PlannedStop {
    PlannedStop {
        dossier: DossierId(uuid::Uuid::from_u128(dossier)),
        parcel: 1,
        office: AgencyCode::from("24.02"),
    }
}

async fn a_parcel_is_on_one_round(store: &Store) {
    let parcel = stop(7);
    let (a, b) = tokio::join!(store.take_stop(ONE, &parcel), store.take_stop(OTHER, &parcel));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a != b, "one of the two has it");
    let (holder, loser) = if a { (ONE, OTHER) } else { (OTHER, ONE) };
    assert!(
        store.take_stop(holder, &parcel).await.unwrap(),
        "a second press changes nothing"
    );
    assert_eq!(store.round_of(holder).await.unwrap(), [stop(7)]);
    assert_eq!(store.round_of(loser).await.unwrap(), []);
    // Nobody takes a parcel off a colleague's round.
    store.leave_stop(loser, parcel.dossier, 1).await.unwrap();
    assert!(!store.take_stop(loser, &parcel).await.unwrap());
    store.leave_stop(holder, parcel.dossier, 1).await.unwrap();
    assert!(store.take_stop(loser, &parcel).await.unwrap());
}

async fn stops_keep_the_order_that_was_written(store: &Store) {
    for dossier in [1, 2, 3] {
        assert!(store.take_stop(ONE, &stop(dossier)).await.unwrap());
    }
    let order: Vec<_> = [3, 1, 2].into_iter().map(|d| (stop(d).dossier, 1)).collect();
    store.order_stops(ONE, &order).await.unwrap();
    assert_eq!(store.round_of(ONE).await.unwrap(), [stop(3), stop(1), stop(2)]);
    // What is taken later comes last.
    store.take_stop(ONE, &stop(4)).await.unwrap();
    assert_eq!(store.round_of(ONE).await.unwrap().last(), Some(&stop(4)));
}

on_every_engine!(a_parcel_is_on_one_round, stops_keep_the_order_that_was_written);
