//! A life event: what its services ask alike is answered once.

use crate::town::Town;
use motcua_model::dossier::Refusal;
use motcua_model::form::{Raw, Taken};
use motcua_model::id::ProcedureCode;
use motcua_office::error::OfficeError;
use motcua_office::life::Progress;
use serde_json::json;

/// Buying land: the plot's file, its transfer, its mortgage.
const EVENT: &str = "mua-dat";
const TRANSFER: &str = "2.000889";
const MORTGAGE: &str = "1.004583";

fn raw(pairs: &[(&str, &str)]) -> Raw {
    Raw::from_pairs(pairs.iter().copied())
}

fn plot() -> Raw {
    raw(&[
        ("applicant_name", "Nông Thị Hoa"),
        ("plot_certificate", "CE 123456"),
        ("plot_address.commune", "170-02"),
        ("plot_address.street", "Xóm Khuổi Mèo"),
        ("plot_parcel.sheet", "12"),
        ("plot_parcel.number", "345"),
        ("plot_parcel.area", "250,5"),
    ])
}

#[test]
fn the_services_of_an_event_ask_some_of_the_same() {
    let catalogue = motcua_catalogue::Catalogue::embedded().unwrap();
    for event in catalogue.life_events() {
        let form = catalogue
            .shared_form(event)
            .unwrap_or_else(|| panic!("{} shares nothing", event.id));
        assert!(form.fields().all(|f| !f.required && f.when.is_none()), "{}", event.id);
        let ids: std::collections::BTreeSet<_> = form.fields().map(|f| &f.id).collect();
        assert_eq!(ids.len(), form.fields().count(), "{}", event.id);
    }
    let land = catalogue.life_events().iter().find(|e| e.id == EVENT).unwrap();
    let form = catalogue.shared_form(land).unwrap();
    let whose: Vec<_> = form.steps.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(whose, ["applicant", "plot"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_answered_once_stands_in_every_form_and_says_where_it_is_from() {
    let town = Town::new().await;
    let (office, hoa) = (&town.office, town.sign_in("0912345678").await);
    let saved = office.save_life_sheet(&hoa, EVENT, &plot()).await.unwrap();
    assert_eq!((saved.problems.len(), saved.drafts), (0, 0));
    for code in [TRANSFER, MORTGAGE] {
        let id = office.begin_draft(&hoa, &ProcedureCode::from(code)).await.unwrap();
        let body = office.open_draft(&hoa, id).await.unwrap().draft.body;
        assert_eq!(body.answers["so_gcn"], json!("CE 123456"), "{code}");
        assert_eq!(body.answers["dia_chi_thua"]["commune"], json!("170-02"), "{code}");
        assert!(matches!(&body.taken["so_gcn"], Taken::Sheet { event, .. } if event.vi.contains("Mua đất")));
    }
    let sheet = office.life_sheet(&hoa, EVENT).await.unwrap().unwrap();
    assert!(sheet.saved);
    assert_eq!(sheet.filled.answers["plot_certificate"], json!("CE 123456"));
    assert!(
        !sheet.filled.taken.contains_key("plot_certificate"),
        "what she answered here is hers"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_draft_is_filled_in_where_nothing_was_answered_and_nowhere_else() {
    let town = Town::new().await;
    let (office, hoa) = (&town.office, town.sign_in("0912345678").await);
    let id = office.begin_draft(&hoa, &ProcedureCode::from(TRANSFER)).await.unwrap();
    office
        .save_step(&hoa, id, "thua-dat", &raw(&[("so_gcn", "AB 999999")]))
        .await
        .unwrap();
    let other = office.begin_draft(&hoa, &ProcedureCode::from("1.004873")).await.unwrap();
    let before = office.open_draft(&hoa, other).await.unwrap().draft;
    let saved = office.save_life_sheet(&hoa, EVENT, &plot()).await.unwrap();
    assert_eq!(saved.drafts, 1);
    let body = office.open_draft(&hoa, id).await.unwrap().draft.body;
    assert_eq!(body.answers["so_gcn"], json!("AB 999999"), "her own answer stays");
    assert_eq!(body.answers["dia_chi_thua"]["commune"], json!("170-02"));
    assert_eq!(
        office.open_draft(&hoa, other).await.unwrap().draft,
        before,
        "a service of another event"
    );
    // Said again, nothing changes.
    assert_eq!(office.save_life_sheet(&hoa, EVENT, &plot()).await.unwrap().drafts, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_told_and_the_rest_is_kept() {
    let town = Town::new().await;
    let (office, hoa) = (&town.office, town.sign_in("0912345678").await);
    let typed = raw(&[("applicant_person_id", "123"), ("plot_certificate", "CE 123456")]);
    let saved = office.save_life_sheet(&hoa, EVENT, &typed).await.unwrap();
    assert_eq!(saved.problems[0].field, "applicant_person_id");
    let sheet = office.life_sheet(&hoa, EVENT).await.unwrap().unwrap();
    assert_eq!(sheet.filled.answers["plot_certificate"], json!("CE 123456"));
    office.forget_life_sheet(&hoa, EVENT).await.unwrap();
    let sheet = office.life_sheet(&hoa, EVENT).await.unwrap().unwrap();
    assert!(!sheet.saved && !sheet.filled.answers.contains_key("plot_certificate"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_is_a_citizens_and_of_an_event_that_is_there() {
    let town = Town::new().await;
    let (office, hoa) = (&town.office, town.sign_in("0912345678").await);
    let officer = town.sign_in("motcua.sangmoc").await;
    let none = office.life_sheet(&hoa, "khong-co").await;
    assert!(matches!(none, Err(OfficeError::Refused(Refusal::NotFound))), "{none:?}");
    let hers = office.save_life_sheet(&officer, EVENT, &plot()).await;
    assert!(matches!(hers, Err(OfficeError::Refused(Refusal::NotPermitted))), "{hers:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_through_an_event_shows_how_far_she_has_come() {
    let town = Town::new().await;
    let (office, hoa) = (&town.office, town.sign_in("0912345678").await);
    let catalogue = office.current();
    let marriage = catalogue
        .catalogue()
        .life_events()
        .iter()
        .find(|e| e.id == "ket-hon")
        .unwrap()
        .clone();
    assert!(office.life_progress(&hoa, &marriage).await.unwrap().is_empty());
    let filed = town.filed(&hoa).await;
    let draft = office.begin_draft(&hoa, &ProcedureCode::from("1.000894")).await.unwrap();
    let progress = office.life_progress(&hoa, &marriage).await.unwrap();
    assert_eq!(progress[&ProcedureCode::from("1.000894")], Progress::Draft(draft));
    assert!(matches!(&progress[&ProcedureCode::from("1.004873")], Progress::Filed(id, _) if *id == filed.id));
}
