//! Every figure of the board is what the journal says: counted again by the program, and by other SQL than the program's.

use crate::town::Town;
use motcua_model::figure::{Counts, Measure};
use motcua_office::adoption::Cut;
use sqlx::Connection;
use std::collections::BTreeMap;

async fn connection(town: &Town) -> sqlx::SqliteConnection {
    let url = format!("sqlite:{}", town.folder.path().join("motcua.db").display());
    sqlx::SqliteConnection::connect(&url).await.unwrap()
}

/// Asks the tables of dossiers and events, never those of figures.
async fn ask(town: &Town, text: &'static str) -> BTreeMap<String, i64> {
    let rows: Vec<(String, i64)> = sqlx::query_as(sqlx::SqlSafeStr::into_sql_str(text))
        .fetch_all(&mut connection(town).await)
        .await
        .unwrap();
    rows.into_iter().collect()
}

async fn by_hand(town: &Town, text: &'static str) {
    let changed = sqlx::query(sqlx::SqlSafeStr::into_sql_str(text))
        .execute(&mut connection(town).await)
        .await
        .unwrap();
    assert_eq!(changed.rows_affected(), 1);
}

async fn year() -> Town {
    let town = Town::new().await;
    town.office.simulate(600, 360, 11, |_| {}).await.unwrap();
    town
}

#[tokio::test]
async fn a_year_of_figures_equals_its_recount_from_the_journal() {
    let town = year().await;
    let (mut last, mut total) = (0, 0);
    let found = town
        .office
        .recount(false, |done, of| (last, total) = (done, of))
        .await
        .unwrap();
    assert_eq!(found.differences, []);
    assert_eq!((last, total), (found.events, found.events));
    assert!(found.events > 600 && found.rows > 100);
}

#[tokio::test]
async fn a_figure_changed_by_hand_is_named_and_put_right() {
    let town = Town::new().await;
    town.paid().await;
    by_hand(
        &town,
        "update figure set online_four = online_four + 2 where agency = '24.12'",
    )
    .await;
    let found = town.office.recount(false, |_, _| {}).await.unwrap();
    let named: Vec<_> = found
        .differences
        .iter()
        .map(|d| (d.half, d.place.as_str(), d.procedure.as_str(), d.measure, d.kept, d.counted))
        .collect();
    assert_eq!(named, [(2020032, "24.12", "1.004873", "online_four", 3, 1)]);
    assert_eq!(town.office.recount(true, |_, _| {}).await.unwrap().differences.len(), 1);
    assert_eq!(town.office.recount(false, |_, _| {}).await.unwrap().differences, []);
}

#[tokio::test]
async fn a_removed_row_of_a_place_is_named() {
    let town = Town::new().await;
    town.paid().await;
    by_hand(&town, "delete from intake_place").await;
    let found = town.office.recount(false, |_, _| {}).await.unwrap();
    let named: Vec<_> = found
        .differences
        .iter()
        .map(|d| (d.place.as_str(), d.measure, d.kept, d.counted))
        .collect();
    assert_eq!(named, [("170-02", "online_four", 0, 1)]);
}

#[tokio::test]
async fn figures_of_a_store_that_is_older_than_they_are_come_from_its_journal() {
    let town = year().await;
    let monitor = town.sign_in("giamsat").await;
    let before = town.office.adoption(&monitor, &Cut::default()).await.unwrap();
    let mut by_hand = connection(&town).await;
    for text in ["delete from figure", "delete from intake_place"] {
        sqlx::query(sqlx::SqlSafeStr::into_sql_str(text))
            .execute(&mut by_hand)
            .await
            .unwrap();
    }
    town.office.ensure_figures().await.unwrap();
    let after = town.office.adoption(&monitor, &Cut::default()).await.unwrap();
    assert_eq!(
        (before.all, before.agencies, before.communes),
        (after.all, after.agencies, after.communes)
    );
    assert_eq!(town.office.recount(false, |_, _| {}).await.unwrap().differences, []);
}

/// Every figure by agency, service and month, counted by SQL over the rows of dossiers and the text of events.
async fn counted_otherwise(town: &Town) -> BTreeMap<String, i64> {
    let mut all = ask(
        town,
        "select agency || '/' || procedure || '/' || strftime('%Y%m', filed_at / 1000000 + 25200, 'unixepoch') || \
         case when cast(strftime('%d', filed_at / 1000000 + 25200, 'unixepoch') as integer) < 15 then '1' else '2' end || '/' || channel || \
         case level when 4 then '_four' else '_three' end, count(*) from dossier group by 1",
    )
    .await;
    let events = "with happened as (select d.agency || '/' || d.procedure || '/' || \
         strftime('%Y%m', json_extract(e.body, '$.at'), '+7 hours') || \
         case when cast(strftime('%d', json_extract(e.body, '$.at'), '+7 hours') as integer) < 15 then '1' else '2' end as cell, d.channel, d.state, e.version, e.dossier, \
         json_extract(e.body, '$.event.kind') as kind, json_extract(e.body, '$.event.way') as way, \
         julianday(json_extract(e.body, '$.at')) as at, date(json_extract(e.body, '$.at'), '+7 hours') as day, \
         julianday(json_extract(d.state, '$.due')) as due, date(json_extract(d.state, '$.due'), '+7 hours') as due_day \
         from event e join dossier d on d.id = e.dossier) \
         select cell || '/taken_' || case channel when 'online' then 'online' else 'other' end, count(*) from happened \
           where kind = 'accepted' group by 1 \
         union all select cell || '/first_try', count(*) from happened h where kind = 'accepted' and not exists \
           (select 1 from happened b where b.dossier = h.dossier and b.version < h.version and b.kind = 'supplement_requested') group by 1 \
         union all select cell || '/refused', count(*) from happened where kind = 'refused' group by 1 \
         union all select cell || '/supplements', count(*) from happened where kind = 'supplement_requested' group by 1 \
         union all select cell || '/early', count(*) from happened where kind = 'approved' and day < due_day group by 1 \
         union all select cell || '/on_time', count(*) from happened where kind = 'approved' and day = due_day and at <= due group by 1 \
         union all select cell || '/late', count(*) from happened where kind = 'approved' and at > due group by 1 \
         union all select cell || '/returned', count(*) from happened where kind = 'result_returned' group by 1 \
         union all select cell || '/returned_online', count(*) from happened where kind = 'result_returned' and way = 'online' group by 1 \
         union all select cell || '/charged', count(*) from happened where kind = 'approved' and json_extract(state, '$.fee') > 0 group by 1 \
         union all select cell || '/charged_online', count(*) from happened where kind = 'approved' and json_extract(state, '$.fee') > 0 \
           and exists (select 1 from json_each(state, '$.payments') p where json_extract(p.value, '$.method') <> 'cash') group by 1 \
         union all select cell || '/with_files', count(*) from happened where kind = 'accepted' \
           and json_array_length(state, '$.papers') > 0 group by 1";
    for (key, n) in ask(town, events).await {
        all.insert(key, n);
    }
    all
}

#[tokio::test]
async fn every_figure_of_a_year_equals_what_other_sql_counts() {
    let town = year().await;
    let rows: Vec<(String, String, i64)> = sqlx::query_as("select agency, procedure, half from figure")
        .fetch_all(&mut connection(&town).await)
        .await
        .unwrap();
    let mut kept = BTreeMap::new();
    for (agency, procedure, half) in rows {
        for measure in Measure::ALL {
            let text = format!(
                "select {} from figure where agency = '{agency}' and procedure = '{procedure}' and half = {half}",
                measure.as_str()
            );
            let (n,): (i64,) = sqlx::query_as(sqlx::AssertSqlSafe(text))
                .fetch_one(&mut connection(&town).await)
                .await
                .unwrap();
            if n != 0 {
                kept.insert(format!("{agency}/{procedure}/{half}/{}", measure.as_str()), n);
            }
        }
    }
    assert_eq!(kept, counted_otherwise(&town).await);
    let counted: i64 = kept
        .iter()
        .filter(|(k, _)| k.ends_with("_three") || k.ends_with("_four"))
        .map(|(_, n)| n)
        .sum();
    assert_eq!(counted, 600);
}

#[test]
fn what_runs_is_what_was_taken_less_what_ended() {
    let mut counts = Counts::default();
    for (measure, n) in [
        (Measure::TakenOnline, 3),
        (Measure::TakenOther, 4),
        (Measure::Early, 2),
        (Measure::Late, 1),
        (Measure::Left, 1),
        (Measure::HandedOut, 2),
        (Measure::HandedIn, 5),
    ] {
        counts.add(measure, n);
    }
    assert_eq!((counts.taken(), counts.settled(), counts.running()), (7, 3, 6));
}
