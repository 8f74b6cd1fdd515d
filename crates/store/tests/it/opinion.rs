//! The queue of what an agency was asked: in order of the answers' times, gone when answered, one dossier counted once.

use crate::journal::{new, next, now, record};
use crate::on_every_engine;
use jiff::SignedDuration;
use motcua_model::actor::Role;
use motcua_model::dossier::{Asked, Event, Given, Silence, Stage};
use motcua_model::id::{AccountId, AgencyCode};
use motcua_store::opinion::OpinionRow;
use motcua_store::{Db, Store};

const TAX: &str = "24.03";

fn asked(id: &str, agency: &str, role: Role, hours: u32) -> Asked {
    Asked {
        id: id.into(),
        name: format!("Ý kiến {id}"),
        agency: agency.into(),
        role,
        hours,
        due: now() + SignedDuration::from_hours(hours.into()),
        silence: Silence::Waits,
    }
}

/// A dossier at a step that asks the tax office, after so many hours, and the commune.
async fn asking(store: &Store, n: u64, hours: u32) -> motcua_model::dossier::Dossier {
    let mut change = new(n);
    let to = Stage {
        step: 0,
        role: Role::Specialist,
    };
    change.events.push(record(Event::Forwarded {
        to,
        note: String::new(),
        assignee: None,
    }));
    change.events.push(record(Event::OpinionsAsked {
        step: 0,
        asked: vec![
            asked("thue", TAX, Role::Specialist, hours),
            asked("xa", "24.12", Role::Leader, 8),
        ],
    }));
    store.commit(change).await.unwrap()
}

async fn codes(store: &Store, after: Option<motcua_store::opinion::OpinionPlace>) -> Vec<String> {
    let lines = store
        .opinions_asked(&AgencyCode::from(TAX), Role::Specialist, after, 10)
        .await;
    lines.unwrap().into_iter().map(|l| l.dossier.code.0).collect()
}

async fn who_was_asked_has_a_queue_of_it_and_the_dossier_is_one(store: &Store) {
    let late = asking(store, 1, 16).await;
    let soon = asking(store, 2, 8).await;
    assert_eq!(codes(store, None).await, [soon.code.0.clone(), late.code.0.clone()]);
    let first = store
        .opinions_asked(&AgencyCode::from(TAX), Role::Specialist, None, 1)
        .await
        .unwrap();
    assert_eq!(
        (first[0].name.as_str(), first[0].dossier.deadline),
        ("Ý kiến thue", Some(first[0].due))
    );
    assert_eq!(codes(store, Some(first[0].place())).await, std::slice::from_ref(&late.code.0));
    let leaders = store.opinions_asked(&AgencyCode::from(TAX), Role::Leader, None, 10).await;
    assert_eq!(leaders.unwrap(), []);

    let count = |agency: &'static str, role| async move {
        let who = (AccountId(uuid::Uuid::nil()), role);
        let counts = store.desk_counts(&AgencyCode::from(agency), who, now(), now(), 10).await;
        let counts = counts.unwrap();
        (counts.asked, counts.queues.iter().map(|q| q.n).sum::<i64>())
    };
    // Counted at the agency that settles them; where they were asked about, they are asked about.
    assert_eq!(count(TAX, Role::Specialist).await, (2, 0));
    assert_eq!(count("24.12", Role::Specialist).await, (0, 2));
    assert_eq!(count("24.12", Role::Leader).await, (2, 2));

    let given = Event::OpinionGiven {
        ask: "thue".into(),
        given: Given {
            at: now(),
            by: "Cán bộ thuế".into(),
            agrees: true,
            text: "Thông báo số 1.".into(),
            paper: None,
            late: false,
        },
        filled: Default::default(),
    };
    let soon = next(store, &soon, given).await.unwrap();
    assert_eq!(codes(store, None).await, std::slice::from_ref(&late.code.0));
    assert_eq!(store.opinion_rows(soon.id).await.unwrap(), OpinionRow::all(&soon));
    // What ends asks nobody any more.
    let stopped = Event::Stopped {
        reason: "Theo quyết định.".into(),
    };
    next(store, &late, stopped).await.unwrap();
    assert_eq!(codes(store, None).await, Vec::<String>::new());
    assert_eq!(count("24.12", Role::Leader).await.0, 1);
}

on_every_engine!(who_was_asked_has_a_queue_of_it_and_the_dossier_is_one);

#[tokio::test]
async fn the_queue_walks_its_index_and_sorts_nothing_on_sqlite() {
    let engine = crate::engine::sqlite().await;
    let Db::Sqlite { write, .. } = engine.store().db() else {
        panic!("not SQLite")
    };
    let text = format!("explain query plan {}", motcua_store::opinion::asked_text());
    let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(text)).fetch_all(write).await.unwrap();
    let steps: Vec<_> = steps.into_iter().map(|s| s.3).collect();
    assert_eq!(steps.len(), 2, "{steps:#?}");
    assert!(
        steps[0].starts_with("SEARCH o USING INDEX opinion_asked (agency=? AND role=?"),
        "{steps:#?}"
    );
    assert!(
        steps[1].starts_with("SEARCH d USING INDEX sqlite_autoindex_dossier_1 (id=?)"),
        "{steps:#?}"
    );
    engine.close().await;
}

#[expect(
    clippy::disallowed_methods,
    reason = "a plan is asked under settings of its own transaction"
)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queue_walks_its_index_and_sorts_nothing_on_postgresql() {
    let Some(engine) = crate::engine::postgres().await else {
        return;
    };
    let Db::Postgres { pool, .. } = engine.store().db() else {
        panic!("not PostgreSQL")
    };
    let mut tx = pool.begin().await.unwrap();
    // Of a table without rows nobody walks an index; the question is whether it can serve.
    for off in ["seqscan", "bitmapscan", "sort"] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("set local enable_{off} = off")))
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    let mut text = motcua_store::opinion::asked_text().to_owned();
    for (place, value) in [
        ("$1", "'24.03'"),
        ("$2", "'specialist'"),
        ("$3", "0"),
        ("$4", "'\\x00'::bytea"),
        ("$5", "51"),
    ] {
        text = text.replace(place, value);
    }
    let plan: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(format!("explain {text}")))
        .fetch_all(&mut *tx)
        .await
        .unwrap();
    let plan: Vec<String> = plan.into_iter().map(|l| l.0).collect();
    let said = |what: &str| plan.iter().any(|l| l.contains(what));
    assert!(said("using opinion_asked") && said("using dossier_pkey"), "{plan:#?}");
    assert!(!said("Sort") && !said("Seq Scan"), "{plan:#?}");
    tx.rollback().await.unwrap();
    engine.close().await;
}
