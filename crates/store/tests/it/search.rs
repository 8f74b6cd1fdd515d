//! Finding dossiers by their words: right on both engines, and along an index.

use crate::journal::{new, next, now, record, submitted};
use crate::on_every_engine;
use motcua_model::dossier::{Dossier, Event, sought};
use motcua_model::id::{AccountId, AgencyCode, DossierId};
use motcua_store::Store;
use motcua_store::search::Place;

fn home() -> AgencyCode {
    AgencyCode::from("24.12")
}

async fn file(store: &Store, n: u64, name: &str, office: Option<&str>) -> Dossier {
    let mut change = new(n);
    let mut event = submitted(None::<AccountId>);
    if let Event::Submitted {
        applicant,
        filed_at_office,
        ..
    } = &mut event
    {
        name.clone_into(&mut applicant.name);
        applicant.person_id = format!("0191850{n:05}");
        applicant.phone = format!("+849123{n:05}");
        *filed_at_office = office.map(AgencyCode::from);
    }
    change.events = vec![record(event)];
    store.commit(change).await.unwrap()
}

async fn found(store: &Store, place: Place<'_>, typed: &str) -> Vec<String> {
    let lines = store.find(place, &sought(typed).terms, 50).await.unwrap();
    lines.into_iter().map(|l| l.applicant).collect()
}

async fn a_dossier_is_found_by_the_beginning_of_each_of_its_words_and_by_all_together(store: &Store) {
    file(store, 1, "Đặng Thị Ánh", None).await;
    file(store, 2, "Đặng Văn Anh", None).await;
    file(store, 3, "Nông Thị Hoa", None).await;
    let home = home();
    let here = Place::Settled(&home);
    for (typed, names) in [
        ("dang", &["Đặng Thị Ánh", "Đặng Văn Anh"][..]),
        ("ánh", &["Đặng Thị Ánh", "Đặng Văn Anh"]),
        ("thị đặng", &["Đặng Thị Ánh"]),
        ("019185000003", &["Nông Thị Hoa"]),
        ("0912 300 003", &["Nông Thị Hoa"]),
        ("H55-200330-0002", &["Đặng Văn Anh"]),
        ("hoa 019185000003", &["Nông Thị Hoa"]),
        ("hoa 019185000001", &[]),
        ("đặng 200330 anh", &["Đặng Thị Ánh", "Đặng Văn Anh"]),
        ("100%_", &[]),
    ] {
        let mut seen = found(store, here, typed).await;
        seen.sort_unstable();
        assert_eq!(seen, names, "{typed}");
    }
    let other = AgencyCode::from("24.00");
    assert!(found(store, Place::Settled(&other), "dang").await.is_empty());
    assert_eq!(store.how_many(here, "dang").await.unwrap(), 2);
}

async fn an_office_finds_what_was_filed_there_for_another_agency_among_its_own_only(store: &Store) {
    file(store, 1, "Nông Thị Hoa", Some("24.02")).await;
    file(store, 2, "Nông Thị Huệ", Some("24.12")).await;
    let (post, home) = (AgencyCode::from("24.02"), home());
    assert_eq!(found(store, Place::FiledAt(&post), "nong").await, ["Nông Thị Hoa"]);
    assert!(found(store, Place::Settled(&post), "nong").await.is_empty());
    assert!(found(store, Place::FiledAt(&home), "nong").await.is_empty());
}

async fn what_a_supplement_changed_is_found_and_what_it_replaced_is_not(store: &Store) {
    let mut change = new(1);
    let mut event = submitted(None);
    if let Event::Submitted { answers, .. } = &mut event {
        answers.insert("thua".into(), serde_json::json!({ "sheet": 12, "number": 34, "area": 200 }));
    }
    change.events = vec![record(event)];
    let d = store.commit(change).await.unwrap();
    let asked = Event::SupplementRequested {
        lacks: Vec::new(),
        remaining: None,
        number: None,
    };
    let d = next(store, &d, asked).await.unwrap();
    let answer = Event::Supplemented {
        answers: [(
            "thua".to_owned(),
            serde_json::json!({ "sheet": 12, "number": 35, "area": 200 }),
        )]
        .into(),
        papers: Vec::new(),
        due: None,
        acknowledge_by: Some(now()),
    };
    next(store, &d, answer).await.unwrap();
    let home = home();
    assert_eq!(found(store, Place::Settled(&home), "12/35").await.len(), 1);
    assert!(found(store, Place::Settled(&home), "tờ 12 thửa 34").await.is_empty());
}

async fn words_of_older_dossiers_are_written_once_however_often_it_is_run(store: &Store) {
    for n in 1..=5 {
        file(store, n, "Nông Thị Hoa", None).await;
    }
    let home = home();
    let before = store.how_many(Place::Settled(&home), "").await.unwrap();
    let (count, last) = store.write_words(DossierId(uuid::Uuid::nil()), 3).await.unwrap();
    assert_eq!(count, 3);
    let (count, last) = store.write_words(last, 3).await.unwrap();
    assert_eq!(count, 2);
    assert_eq!(store.write_words(last, 3).await.unwrap().0, 0);
    assert_eq!(store.how_many(Place::Settled(&home), "").await.unwrap(), before);
}

/// Every step of the plan is a walk along an index, and what is sorted is the bounded stretch only.
#[tokio::test]
async fn a_search_walks_indexes_only() {
    let engine = crate::engine::sqlite().await;
    let motcua_store::Db::Sqlite { write, .. } = engine.store().db() else {
        panic!("not SQLite")
    };
    let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "explain query plan {}",
        motcua_store::search::find_text()
    )))
    .fetch_all(write)
    .await
    .unwrap();
    let steps: Vec<_> = steps.into_iter().map(|s| s.3).collect();
    assert!(
        steps
            .iter()
            .any(|s| s == "SEARCH search_word USING COVERING INDEX search_word_place (place=? AND word>? AND word<?)"),
        "{steps:#?}"
    );
    for step in &steps {
        assert!(
            !step.starts_with("SCAN") || step == "SCAN a",
            "scans more than the bounded stretch: {steps:#?}"
        );
    }
    engine.close().await;
}

async fn the_register_of_a_day_is_that_days_and_goes_on_where_a_page_ended(store: &Store) {
    use motcua_store::register_page::RegisterFilter;
    for n in 1..=3 {
        file(store, n, "Nông Thị Hoa", None).await;
    }
    let day: jiff::civil::Date = "2020-03-30".parse().unwrap();
    let filter = |from, to, after: Option<&str>| RegisterFilter {
        agency: home(),
        from,
        to,
        procedures: None,
        after: after.map(str::to_owned),
        limit: 2,
    };
    let codes = |ds: Vec<Dossier>| ds.into_iter().map(|d| d.code.0).collect::<Vec<_>>();
    let first = codes(store.register_page(&filter(day, day, None)).await.unwrap());
    assert_eq!(first, ["000.24.12.H55-200330-0001", "000.24.12.H55-200330-0002"]);
    let second = codes(store.register_page(&filter(day, day, Some(&first[1]))).await.unwrap());
    assert_eq!(second, ["000.24.12.H55-200330-0003"]);
    let (before, after) = (day.yesterday().unwrap(), day.tomorrow().unwrap());
    assert!(store.register_page(&filter(before, before, None)).await.unwrap().is_empty());
    assert!(store.register_page(&filter(after, after, None)).await.unwrap().is_empty());
    let mut other = filter(day, day, None);
    other.procedures = Some(vec!["2.000889".into()]);
    assert!(store.register_page(&other).await.unwrap().is_empty());
}

async fn requests_to_supplement_are_counted_for_each_officer_and_the_same_reason_twice(store: &Store) {
    use motcua_model::dossier::Lack;
    let lack = |reason: &str| Lack {
        about: "cccd".into(),
        label: "Ảnh CCCD".into(),
        reason: reason.into(),
    };
    let asked = |lacks| Event::SupplementRequested {
        lacks,
        remaining: None,
        number: None,
    };
    let answered = Event::Supplemented {
        answers: Default::default(),
        papers: Vec::new(),
        due: None,
        acknowledge_by: Some(now()),
    };
    let d = store.commit(new(1)).await.unwrap();
    let d = next(store, &d, asked(vec![lack("Ảnh mờ")])).await.unwrap();
    let d = next(store, &d, answered).await.unwrap();
    next(store, &d, asked(vec![lack("ảnh mờ"), lack("Hết hạn")])).await.unwrap();
    let seen = store.asking(&home(), 202_001, 202_012).await.unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].requests, seen[0].lacks, seen[0].again), (2, 3, 1));
}

async fn who_has_to_pay_first_has_a_queue_of_her_own_and_the_counts_agree(store: &Store) {
    let d = store.commit(new(1)).await.unwrap();
    let nobody = motcua_model::id::AccountId(uuid::Uuid::nil());
    let counts = async || {
        let counts = store
            .desk_counts(
                &home(),
                (nobody, motcua_model::actor::Role::Specialist),
                now(),
                jiff::Timestamp::MAX,
                10,
            )
            .await
            .unwrap();
        let turns: Vec<_> = counts.queues.into_iter().map(|t| (t.turn, t.n)).collect();
        (turns, counts.late + counts.today)
    };
    assert_eq!(counts().await, (vec![("payer".to_owned(), 1)], 1));
    assert!(store.dossiers_of_person(&d.applicant.person_id).await.unwrap()[0].awaits_payment);
    let paid = Event::PaymentReceived {
        payment: motcua_model::dossier::cash(15_000, now()),
        agency: home(),
    };
    next(store, &d, paid).await.unwrap();
    assert_eq!(counts().await, (vec![("receptionist".to_owned(), 1)], 1));
    assert!(!store.dossiers_of_person(&d.applicant.person_id).await.unwrap()[0].awaits_payment);
}

on_every_engine!(
    the_register_of_a_day_is_that_days_and_goes_on_where_a_page_ended,
    requests_to_supplement_are_counted_for_each_officer_and_the_same_reason_twice,
    who_has_to_pay_first_has_a_queue_of_her_own_and_the_counts_agree,
    a_dossier_is_found_by_the_beginning_of_each_of_its_words_and_by_all_together,
    an_office_finds_what_was_filed_there_for_another_agency_among_its_own_only,
    what_a_supplement_changed_is_found_and_what_it_replaced_is_not,
    words_of_older_dossiers_are_written_once_however_often_it_is_run,
);
