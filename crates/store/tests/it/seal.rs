//! The daily seal: one for each day with changes, exact, never written again, and a change behind it shows.

use crate::journal::{new, record};
use crate::on_every_engine;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use motcua_model::dossier::{Dossier, Event};
use motcua_model::journal::Line;
use motcua_store::db::sql;
use motcua_store::seal::{BrokenSeal, Seal};
use motcua_store::{Change, Store};
use sea_query::Value;

const MONDAY: Date = date(2020, 3, 30);
const TUESDAY: Date = date(2020, 3, 31);
const FRIDAY: Date = date(2020, 4, 3);
const SATURDAY: Date = date(2020, 4, 4);

fn at(text: &str) -> Timestamp {
    format!("{text}+07").parse().unwrap()
}

/// A dossier filed at some time.
async fn filed(store: &Store, n: u64, when: &str) -> Dossier {
    let mut change = new(n);
    change.events[0].at = at(when);
    store.commit(change).await.unwrap()
}

async fn withdrawn(store: &Store, dossier: &Dossier, when: &str) -> Dossier {
    let loaded = store.dossier(dossier.id).await.unwrap().unwrap();
    let mut event = record(Event::Withdrawn {
        reason: "Đổi ý.".into()
    });
    event.at = at(when);
    let change = Change {
        dossier: dossier.id,
        before: Some((loaded.dossier, loaded.hash)),
        events: vec![event],
        jobs: vec![],
        effects: vec![],
    };
    store.commit(change).await.unwrap()
}

/// Seals all that can be sealed on `today`: number, day, dossiers and lines of each.
async fn seal(store: &Store, today: Date) -> Vec<(u64, Date, u64, u64)> {
    let mut made = Vec::new();
    while let Some(s) = store.seal_next_day(today, at("2020-04-04T00:10:00")).await.unwrap() {
        made.push((s.number, s.day, s.dossiers, s.lines));
    }
    made
}

async fn check(store: &Store) -> Result<(), BrokenSeal> {
    let mut before: Option<Seal> = None;
    for seal in store.seals_after(0, 100).await.unwrap() {
        store.check_seal(before.as_ref(), &seal).await.unwrap()?;
        before = Some(seal);
    }
    store.check_last_seal(before.as_ref()).await.unwrap()
}

async fn by_hand<const N: usize>(store: &Store, text: &'static str, values: [Value; N]) {
    assert_eq!(store.db().run(sql(text, values)).await.unwrap(), 1);
}

/// Two dossiers of Monday and Tuesday, one of Friday: three seals.
async fn a_week(store: &Store) -> Dossier {
    let first = filed(store, 1, "2020-03-30T00:00:00").await;
    filed(store, 2, "2020-03-30T23:59:59").await;
    withdrawn(store, &first, "2020-03-31T00:00:00").await;
    let last = filed(store, 3, "2020-04-03T09:00:00").await;
    assert_eq!(
        seal(store, SATURDAY).await,
        [(1, MONDAY, 2, 2), (2, TUESDAY, 1, 1), (3, FRIDAY, 1, 1)]
    );
    assert_eq!(check(store).await, Ok(()));
    last
}

async fn days_missed_are_sealed_in_order_and_days_without_change_are_skipped(store: &Store) {
    a_week(store).await;
    let days: Vec<_> = store
        .seals_before(u64::MAX, 2)
        .await
        .unwrap()
        .into_iter()
        .map(|s| s.day)
        .collect();
    assert_eq!(days, [FRIDAY, TUESDAY]);
}

async fn today_is_not_sealed_and_sealing_twice_is_one_seal(store: &Store) {
    filed(store, 1, "2020-03-30T09:00:00").await;
    assert_eq!(seal(store, MONDAY).await, []);
    let when = at("2020-03-31T00:10:00");
    let (a, b) = tokio::join!(store.seal_next_day(TUESDAY, when), store.seal_next_day(TUESDAY, when));
    let made: Vec<_> = [a.unwrap(), b.unwrap()].into_iter().flatten().collect();
    assert_eq!(made.len(), 1);
    assert_eq!(seal(store, TUESDAY).await, []);
    assert_eq!(store.seals_after(0, 10).await.unwrap(), made);
}

/// Whoever can write to the database changes a line and computes the whole chain of the dossier anew.
async fn a_changed_line_of_a_sealed_day_is_named_even_when_its_chain_was_computed_anew(store: &Store) {
    a_week(store).await;
    let dossier = store.dossiers_of_person("019185001234").await.unwrap().pop().unwrap().id;
    let (mut before, mut version) = (motcua_model::journal::START, 0);
    for line in store.journal(dossier).await.unwrap() {
        let mut event = line.read().unwrap();
        event.actor.name = "Người khác".into();
        version += 1;
        let forged = Line::next(&before, dossier, version, &event).unwrap();
        assert!(forged.holds(&before));
        before = forged.hash;
        by_hand(
            store,
            "update event set body = $3, hash = $4 where dossier = $1 and version = $2",
            [
                dossier.0.as_bytes().to_vec().into(),
                version.cast_signed().into(),
                forged.body.into(),
                forged.hash.to_vec().into(),
            ],
        )
        .await;
    }
    assert_eq!(check(store).await, Err(BrokenSeal::Day(MONDAY)));
}

async fn a_line_removed_added_or_moved_behind_a_seal_shows(store: &Store) {
    let last = a_week(store).await;
    let id: Value = last.id.0.as_bytes().to_vec().into();
    // Said to be late, it would be missing on its day.
    by_hand(
        store,
        "insert into late_line (dossier, version, after_seal) values ($1, 1, 3)",
        [id.clone()],
    )
    .await;
    assert_eq!(check(store).await, Err(BrokenSeal::Day(FRIDAY)));
    by_hand(store, "delete from late_line where dossier = $1", [id.clone()]).await;
    assert_eq!(check(store).await, Ok(()));
    // A day that was skipped because nothing happened on it gets a line: the next seal covers it and does not match.
    let body = "update event set body = replace(body, '2020-04-03', '2020-04-01') where dossier = $1";
    by_hand(store, body, [id.clone()]).await;
    let forged = vec![9u8; 32];
    by_hand(
        store,
        "update event set hash = $2 where dossier = $1",
        [id.clone(), forged.into()],
    )
    .await;
    assert_eq!(check(store).await, Err(BrokenSeal::Day(FRIDAY)));
    by_hand(store, "delete from event where dossier = $1", [id]).await;
    assert_eq!(check(store).await, Err(BrokenSeal::Day(FRIDAY)));
}

async fn a_seal_that_is_missing_shows(store: &Store) {
    a_week(store).await;
    by_hand(store, "delete from seal where number = 3", []).await;
    assert_eq!(check(store).await, Err(BrokenSeal::Ends(3)));
    by_hand(store, "delete from seal where number = 1", []).await;
    assert_eq!(check(store).await, Err(BrokenSeal::Gap(TUESDAY)));
}

async fn a_line_that_comes_late_leaves_the_seal_of_its_day_and_is_covered_by_the_next(store: &Store) {
    a_week(store).await;
    let before = store.seals_after(0, 10).await.unwrap();
    filed(store, 4, "2020-03-30T10:00:00").await;
    filed(store, 5, "2020-04-01T10:00:00").await;
    assert_eq!(check(store).await, Ok(()));
    assert_eq!(seal(store, SATURDAY).await, []);
    filed(store, 6, "2020-04-04T08:00:00").await;
    assert_eq!(seal(store, date(2020, 4, 5)).await, [(4, SATURDAY, 3, 3)]);
    assert_eq!(store.seals_after(0, 3).await.unwrap(), before);
    // Only late lines: the day that is over closes with them.
    filed(store, 7, "2020-03-30T11:00:00").await;
    assert_eq!(seal(store, date(2020, 4, 8)).await, [(5, date(2020, 4, 7), 1, 1)]);
    assert_eq!(check(store).await, Ok(()));
}

async fn writers_and_sealers_at_the_same_time_lose_no_line(store: &Store) {
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..60u64 {
        let store = store.clone();
        tasks.spawn(async move {
            let when = if n % 2 == 0 {
                "2020-03-30T09:00:00"
            } else {
                "2020-03-31T09:00:00"
            };
            filed(&store, n + 1, when).await;
            if n % 5 == 0 {
                seal(&store, date(2020, 4, 1)).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    seal(store, SATURDAY).await;
    assert_eq!(check(store).await, Ok(()));
    let lines: u64 = store.seals_after(0, 100).await.unwrap().iter().map(|s| s.lines).sum();
    assert_eq!(lines, 60);
}

on_every_engine!(
    days_missed_are_sealed_in_order_and_days_without_change_are_skipped,
    today_is_not_sealed_and_sealing_twice_is_one_seal,
    a_changed_line_of_a_sealed_day_is_named_even_when_its_chain_was_computed_anew,
    a_line_removed_added_or_moved_behind_a_seal_shows,
    a_seal_that_is_missing_shows,
    a_line_that_comes_late_leaves_the_seal_of_its_day_and_is_covered_by_the_next,
    writers_and_sealers_at_the_same_time_lose_no_line,
);
