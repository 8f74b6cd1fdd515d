//! Appending: together, once, numbered without gaps.

use crate::on_every_engine;
use jiff::Timestamp;
use motcua_model::actor::Actor;
use motcua_model::clock::Term;
use motcua_model::dossier::{Applicant, Channel, Dossier, Event, Level, Recorded, ReturnWay, cash};
use motcua_model::id::{AccountId, AgencyCode, DossierCode, DossierId, JobId, ProcedureCode};
use motcua_model::journal::START;
use motcua_store::dossier::LAST;
use motcua_store::{Change, NewJob, Store, StoreError};
use std::collections::BTreeSet;

pub fn now() -> Timestamp {
    "2020-03-30T02:00:00Z".parse().unwrap()
}

fn id(n: u64) -> DossierId {
    DossierId::new(1_585_533_600_000 + n, [7; 10])
}

pub fn record(event: Event) -> Recorded {
    Recorded {
        at: now(),
        actor: Actor::system(),
        event,
    }
}

pub fn submitted(owner: Option<AccountId>) -> Event {
    Event::Submitted {
        code: DossierCode(String::new()),
        procedure: ProcedureCode::from("1.004873"),
        form_version: 1,
        agency: AgencyCode::from("24.12"),
        level: Level::Four,
        channel: Channel::Online,
        owner,
        filed_at_office: None,
        applicant: Applicant {
            name: "Đặng Thị Ánh".into(),
            person_id: "019185001234".into(),
            birth_date: String::new(),
            phone: String::new(),
            email: String::new(),
            address: String::new(),
            commune: String::new(),
        },
        answers: Default::default(),
        papers: Vec::new(),
        return_way: ReturnWay::Online,
        fee: 15_000,
        fee_shares: Vec::new(),
        acknowledge_by: now(),
    }
}

pub fn new(n: u64) -> Change {
    let job = NewJob {
        id: JobId::new(n, [9; 10]),
        kind: "notify",
        body: "{}".into(),
        run_at: now(),
    };
    Change {
        dossier: id(n),
        before: None,
        events: vec![record(submitted(None))],
        jobs: vec![job],
        effects: Vec::new(),
    }
}

pub async fn next(store: &Store, dossier: &Dossier, event: Event) -> Result<Dossier, StoreError> {
    let loaded = store.dossier(dossier.id).await?.unwrap();
    let before = Some((dossier.clone(), loaded.hash));
    store
        .commit(Change {
            dossier: dossier.id,
            before,
            events: vec![record(event)],
            jobs: vec![],
            effects: vec![],
        })
        .await
}

fn accepted() -> Event {
    Event::Accepted {
        term: Term::WorkingDays(3),
        due: now(),
        number: None,
    }
}

async fn changes_that_wait_together_are_all_written_with_their_own_numbers(store: &Store) {
    let commits = (0..100).map(|n| {
        let store = store.clone();
        tokio::spawn(async move { store.commit(new(n)).await.unwrap().code.0 })
    });
    let mut codes = BTreeSet::new();
    for commit in commits {
        codes.insert(commit.await.unwrap());
    }
    let expected: BTreeSet<_> = (1..=100).map(|n| format!("000.24.12.H55-200330-{n:04}")).collect();
    assert_eq!(codes, expected);
    assert_eq!(store.count_events().await.unwrap(), 100);
    assert_eq!(store.jobs_waiting().await.unwrap(), 100);
    let nobody = motcua_model::id::AccountId(uuid::Uuid::nil());
    let counts = store
        .desk_counts(
            &AgencyCode::from("24.12"),
            (nobody, motcua_model::actor::Role::Specialist),
            now(),
            now(),
            10,
        )
        .await
        .unwrap();
    let tally = counts.queues;
    assert_eq!((tally.len(), tally[0].n, tally[0].status.as_str()), (1, 100, "filed"));
}

async fn of_two_who_decided_on_the_same_version_one_is_told(store: &Store) {
    let d = store.commit(new(1)).await.unwrap();
    let (a, b) = tokio::join!(
        next(store, &d, accepted()),
        next(
            store,
            &d,
            Event::Refused {
                reason: "Thiếu.".into(),
                number: None,
            }
        )
    );
    assert!(a.is_ok() ^ b.is_ok());
    assert!(matches!(a.and(b), Err(StoreError::Conflict)));
    assert_eq!(store.journal(d.id).await.unwrap().len(), 2);
}

async fn the_same_submit_twice_is_one_dossier(store: &Store) {
    let (a, b) = tokio::join!(store.commit(new(1)), store.commit(new(1)));
    assert!(a.is_ok() ^ b.is_ok());
    assert_eq!(store.count_dossiers().await.unwrap(), 1);
}

async fn a_change_that_lost_leaves_no_gap_in_the_receipts(store: &Store) {
    let d = store.commit(new(1)).await.unwrap();
    let paid = || Event::PaymentReceived {
        payment: cash(15_000, now()),
        agency: AgencyCode::from("24.12"),
    };
    let (a, b) = tokio::join!(next(store, &d, paid()), next(store, &d, paid()));
    assert!(a.is_ok() ^ b.is_ok());
    let other = store.commit(new(2)).await.unwrap();
    assert_eq!(
        next(store, &other, paid()).await.unwrap().payments[0].receipt,
        "BL-24.12-2020-000002"
    );
}

async fn the_row_is_the_journal_folded_up(store: &Store) {
    let d = store.commit(new(1)).await.unwrap();
    let d = next(store, &d, accepted()).await.unwrap();
    let lines = store.journal(d.id).await.unwrap();
    let mut before = START;
    for line in &lines {
        assert!(line.holds(&before));
        before = line.hash;
    }
    let events: Vec<_> = lines.iter().map(|l| l.read().unwrap()).collect();
    assert_eq!(motcua_model::dossier::fold(d.id, &events), Some(d.clone()));
    let loaded = store.dossier_by_code(&d.code).await.unwrap().unwrap();
    assert_eq!((loaded.dossier, loaded.hash), (d, before));
}

async fn lists_find_by_owner(store: &Store) {
    let owner = AccountId::new(1, [1; 10]);
    let mut change = new(1);
    change.events = vec![record(submitted(Some(owner)))];
    let d = store.commit(change).await.unwrap();
    store.commit(new(2)).await.unwrap();
    let mine = store.dossiers_of(owner, LAST, 20).await.unwrap();
    assert_eq!(mine.iter().map(|l| l.id).collect::<Vec<_>>(), [d.id]);
}

on_every_engine!(
    changes_that_wait_together_are_all_written_with_their_own_numbers,
    of_two_who_decided_on_the_same_version_one_is_told,
    the_same_submit_twice_is_one_dossier,
    a_change_that_lost_leaves_no_gap_in_the_receipts,
    the_row_is_the_journal_folded_up,
    lists_find_by_owner,
);
