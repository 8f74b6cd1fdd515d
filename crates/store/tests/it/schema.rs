//! Both folders of migrations are the same in numbers and names.

use crate::on_every_engine;
use motcua_store::Store;
use std::collections::BTreeSet;

fn names(engine: &str) -> BTreeSet<String> {
    let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn migrations_come_in_pairs() {
    assert_eq!(names("sqlite"), names("postgres"));
}

/// Looks at the plans of the inbox: each queue walks an index and sorts nothing.
#[tokio::test]
async fn every_queue_of_the_inbox_walks_an_index() {
    let engine = crate::engine::sqlite().await;
    let motcua_store::Db::Sqlite { write, .. } = engine.store().db() else {
        panic!("not SQLite")
    };
    for (turn, plan) in [
        (
            Some("receptionist"),
            "SEARCH dossier USING INDEX dossier_queue (agency=? AND turn=?)",
        ),
        (None, "SEARCH dossier USING INDEX dossier_agency (agency=?)"),
    ] {
        let filter = motcua_store::dossier::InboxFilter {
            agency: motcua_model::id::AgencyCode::from("24.12"),
            turn: turn.map(str::to_owned),
            status: None,
            procedure: None,
            due_before: None,
            after: None,
            limit: 20,
        };
        let text = motcua_store::dossier::inbox_query(&filter).to_string(sea_query::SqliteQueryBuilder);
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(format!("explain query plan {text}")))
            .fetch_all(write)
            .await
            .unwrap();
        let steps: Vec<_> = steps.into_iter().map(|p| p.3).collect();
        assert_eq!(steps, [plan]);
    }
    engine.close().await;
}

async fn opening_again_changes_nothing(store: &Store) {
    assert_eq!(store.count_dossiers().await.unwrap(), 0);
    assert_eq!(store.count_events().await.unwrap(), 0);
}

on_every_engine!(opening_again_changes_nothing);

/// Looks at the plans of the lists beside the dossiers: each walks an index and sorts nothing.
#[tokio::test]
async fn every_list_of_what_people_say_walks_an_index() {
    let engine = crate::engine::sqlite().await;
    let motcua_store::Db::Sqlite { write, .. } = engine.store().db() else {
        panic!("not SQLite")
    };
    let lists = [
        ("figure", "FILED_BEFORE", "dossier_filed"),
        ("rating", "SAID", "rating_said"),
        ("feedback", "WAITING", "feedback_waiting"),
        ("feedback", "ANSWERED", "feedback_answered"),
        ("feedback", "OF_ACCOUNT", "feedback_account"),
        ("feedback", "LATE", "feedback_waiting"),
        ("feedback", "HOW_MANY_STRANGERS", "feedback_waiting"),
        ("campaign", "OF_AGENCY", "campaign_agency"),
        ("campaign", "ALL", "campaign_at"),
    ];
    for (module, name, index) in lists {
        let all = motcua_store::statement::all();
        let (.., text) = all.iter().find(|(m, n, _)| *m == module && *n == name).unwrap();
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(format!("explain query plan {text}")))
            .fetch_all(write)
            .await
            .unwrap();
        let plan: Vec<_> = steps.into_iter().map(|p| p.3).collect();
        assert!(plan.iter().any(|p| p.contains(index)), "{module}::{name}: {plan:?}");
        assert!(!plan.iter().any(|p| p.contains("B-TREE")), "{module}::{name} sorts: {plan:?}");
    }
    engine.close().await;
}
