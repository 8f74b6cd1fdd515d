//! Bags on both engines: one paper is in one bag, one change wins, and a dossier's hands are one read.

use crate::on_every_engine;
use jiff::{Timestamp, ToSpan};
use motcua_model::actor::{Actor, Role};
use motcua_model::custody::{Bag, BagEvent, BagRecorded, PaperCode};
use motcua_model::id::{AccountId, AgencyCode, DossierId};
use motcua_store::bag::LoadedBag;
use motcua_store::{Store, StoreError};

const DOSSIER: DossierId = DossierId(uuid::Uuid::from_u128(7));

fn at(minutes: i64) -> Timestamp {
    let start: Timestamp = "2020-03-30T09:00:00+07".parse().unwrap();
    start + minutes.minutes()
}

fn recorded(minutes: i64, event: BagEvent) -> BagRecorded {
    BagRecorded {
        at: at(minutes),
        actor: Actor {
            account: AccountId(uuid::Uuid::from_u128(1)),
            name: "Hoàng Văn Tiếp".into(),
            role: Role::Receptionist,
            agency: Some(AgencyCode::from("24.12")),
        },
        event,
    }
}

async fn open(store: &Store) -> LoadedBag {
    let event = BagEvent::Opened {
        from: AgencyCode::from("24.12"),
        to: AgencyCode::from("24.00"),
        due: at(60 * 24),
    };
    let bag = store
        .open_bag(&AgencyCode::from("24.12"), 2020, &recorded(0, event))
        .await
        .unwrap();
    store.bag(&bag.code).await.unwrap().unwrap()
}

async fn paper(store: &Store) -> PaperCode {
    let agency = AgencyCode::from("24.12");
    store
        .make_custody_paper(&agency, 2020, DOSSIER, "Kết quả", "Hoàng Văn Tiếp", at(0))
        .await
        .unwrap()
        .code
}

fn goes_in(paper: &PaperCode) -> BagRecorded {
    let event = BagEvent::PaperIn {
        paper: paper.clone(),
        dossier: DOSSIER,
        what: "Kết quả".into(),
    };
    recorded(1, event)
}

async fn append(store: &Store, before: &LoadedBag, events: &[BagRecorded]) -> LoadedBag {
    store.append_bag(before, events).await.unwrap();
    store.bag(&before.0.code).await.unwrap().unwrap()
}

async fn a_paper_is_in_one_bag_whoever_is_faster(store: &Store) {
    let (one, other, paper) = (open(store).await, open(store).await, paper(store).await);
    assert_ne!(one.0.code, other.0.code);
    let lines = [goes_in(&paper)];
    let (a, b) = tokio::join!(store.append_bag(&one, &lines), store.append_bag(&other, &lines));
    let lost: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
    assert!(matches!(lost[..], [StoreError::Conflict]), "{lost:?}");
    let (one, other) = (
        store.bag(&one.0.code).await.unwrap().unwrap().0,
        store.bag(&other.0.code).await.unwrap().unwrap().0,
    );
    let winner: &Bag = if one.papers.is_empty() { &other } else { &one };
    assert_eq!((one.papers.len() + other.papers.len(), one.version + other.version), (1, 3));
    let row = store.custody_paper(&paper).await.unwrap().unwrap();
    assert_eq!(row.bag.as_ref(), Some(&winner.code));
    assert_eq!(store.papers_in(&winner.code).await.unwrap(), [paper]);
}

async fn of_two_scans_at_once_one_is_told_to_scan_again(store: &Store) {
    let (bag, one, other) = (open(store).await, paper(store).await, paper(store).await);
    let (first, second) = ([goes_in(&one)], [goes_in(&other)]);
    let (a, b) = tokio::join!(store.append_bag(&bag, &first), store.append_bag(&bag, &second));
    assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
    assert_eq!(store.bag_journal(&bag.0.code).await.unwrap().len(), 2);
}

async fn fifty_hands_are_one_read_in_their_order(store: &Store) {
    let (mut bag, paper) = (open(store).await, paper(store).await);
    let sealed = BagEvent::Sealed {
        seal: "NP-1".into(),
        weight_g: 100,
    };
    bag = append(store, &bag, &[goes_in(&paper), recorded(2, sealed)]).await;
    for hand in 0..50 {
        let to = AgencyCode::from("24.00");
        let taken = BagEvent::Taken {
            from: format!("tay {hand}"),
            seal: "NP-1".into(),
        };
        bag = append(
            store,
            &bag,
            &[recorded(3 + hand, BagEvent::Offered { to }), recorded(3 + hand, taken)],
        )
        .await;
    }
    let hands = store.custody_of(DOSSIER).await.unwrap();
    // An offer that nobody took yet is no hand.
    assert_eq!(hands.len(), 52);
    assert_eq!((hands[0].kind.as_str(), hands[1].kind.as_str()), ("paper_in", "sealed"));
    assert!(
        hands[2..]
            .iter()
            .enumerate()
            .all(|(i, h)| h.note == format!("tay {i} · NP-1"))
    );
    assert_eq!(store.custody_of_bag(&bag.0.code).await.unwrap(), hands);
    // Late at its time and not before; whoever was told is not told again.
    assert_eq!(store.late_bags(at(60 * 24)).await.unwrap(), []);
    assert_eq!(store.late_bags(at(60 * 24 + 1)).await.unwrap(), [bag.0.code.clone()]);
    bag = append(store, &bag, &[recorded(60 * 24 + 1, BagEvent::Overdue)]).await;
    assert_eq!(store.late_bags(at(60 * 48)).await.unwrap(), []);
    assert!(bag.0.overdue_at.is_some());
}

async fn an_opened_bag_is_late_until_it_is_compared(store: &Store) {
    let (mut bag, paper) = (open(store).await, paper(store).await);
    let (seal, weight_g) = ("NP-1".to_owned(), 100);
    let sealed = BagEvent::Sealed {
        seal: seal.clone(),
        weight_g,
    };
    let unsealed = BagEvent::Unsealed { seal, weight_g };
    bag = append(store, &bag, &[goes_in(&paper), recorded(2, sealed), recorded(3, unsealed)]).await;
    assert_eq!(store.late_bags(at(60 * 24 + 1)).await.unwrap(), [bag.0.code.clone()]);
    let told = append(store, &bag, &[recorded(60 * 24 + 1, BagEvent::Overdue)]).await;
    assert_eq!(store.late_bags(at(60 * 48)).await.unwrap(), []);
    let hands = store.custody_of(DOSSIER).await.unwrap();
    assert_eq!(hands.last().unwrap().kind, "overdue_opened");
    let compared = BagEvent::Compared {
        missing: vec![paper],
        surplus: Vec::new(),
        note: "Thiếu.".into(),
    };
    append(store, &told, &[recorded(60 * 24 + 2, compared)]).await;
    assert_eq!(store.late_bags(at(60 * 48)).await.unwrap(), []);
}

async fn bags_that_ended_are_walked_page_by_page(store: &Store) {
    let there = AgencyCode::from("24.00");
    let mut codes = Vec::new();
    for _ in 0..5 {
        let bag = open(store).await;
        let ended = BagEvent::Compared {
            missing: Vec::new(),
            surplus: Vec::new(),
            note: String::new(),
        };
        // All at the same moment: the code tells them apart.
        append(store, &bag, &[recorded(5, ended)]).await;
        codes.push(bag.0.code);
    }
    codes.reverse();
    let mut seen = Vec::new();
    let mut place = (i64::MAX, String::new());
    loop {
        let page = store.bags_ended(&there, &place, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        place = last.1.clone();
        seen.extend(page.into_iter().map(|(bag, _)| bag.code));
    }
    assert_eq!(seen, codes);
    assert!(store.bags_of(&there).await.unwrap().iter().all(Vec::is_empty));
}

on_every_engine!(
    a_paper_is_in_one_bag_whoever_is_faster,
    of_two_scans_at_once_one_is_told_to_scan_again,
    fifty_hands_are_one_read_in_their_order,
    an_opened_bag_is_late_until_it_is_compared,
    bags_that_ended_are_walked_page_by_page,
);

/// No list of bags or papers reads a whole table, or sorts what it read.
#[tokio::test]
async fn every_list_walks_an_index() {
    let engine = crate::engine::sqlite().await;
    let motcua_store::Db::Sqlite { write, .. } = engine.store().db() else {
        panic!("not SQLite")
    };
    let ours = motcua_store::statement::all()
        .into_iter()
        .filter(|(module, _, text)| matches!(*module, "bag" | "custody" | "round") && text.starts_with("select"));
    let mut looked = 0;
    for (module, name, text) in ours {
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(format!("explain query plan {text}")))
            .fetch_all(write)
            .await
            .unwrap();
        assert!(
            steps
                .iter()
                .all(|s| s.3.starts_with("SEARCH") || s.3.starts_with("CORRELATED")),
            "{module}::{name}: {steps:?}"
        );
        looked += 1;
    }
    assert_eq!(looked, 19);
    engine.close().await;
}
