//! `/viec/ID`: the way through a life event, and its shared sheet.

use crate::app::TestApp;
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_sheet_fills_in_the_forms_and_the_way_shows_how_far_she_is() {
    let app = TestApp::start().await;
    let event = "/viec/mua-dat";
    app.visitor().get(event).await.says("Mở phiếu chung");
    let away = app.visitor().get(&format!("{event}/phieu")).await;
    assert_ne!(away.status, StatusCode::OK, "whose sheet it is must be known");
    let hoa = app.sign_in("0912345678").await;
    let sheet = hoa.get(&format!("{event}/phieu")).await;
    sheet
        .says("Người nộp")
        .says("Thửa đất")
        .says("Nông Thị Hoa")
        .says("name=\"plot_certificate\"");
    let typed = [("applicant_name", "Nông Thị Hoa"), ("plot_certificate", "CE 123456")];
    let saved = hoa.post(&format!("{event}/phieu"), &typed).await;
    assert_eq!(
        (saved.status, saved.location.as_str()),
        (StatusCode::SEE_OTHER, event),
        "{}",
        saved.body
    );
    let begun = hoa.post("/thu-tuc/2.000889/nop", &[]).await;
    let draft = begun.location.rsplit_once('/').unwrap().0.to_owned();
    hoa.get(&format!("{draft}/thua-dat"))
        .await
        .says("CE 123456")
        .says("Lấy từ phiếu chung “Mua đất, cho tặng đất” ngày 30/3/2020");
    hoa.get(event).await.says("đang điền").says("Điền tiếp").says(&begun.location);
    let forgotten = hoa.post(&format!("{event}/phieu"), &[("xoa.", "1")]).await;
    assert_eq!(forgotten.status, StatusCode::SEE_OTHER);
    hoa.get(&format!("{event}/phieu")).await.does_not_say("CE 123456");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_named_and_stays_typed() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    let typed = [("applicant_person_id", "12"), ("plot_certificate", "CE 123456")];
    let wrong = hoa.post("/viec/mua-dat/phieu", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("#applicant_person_id").says("value=\"12\"").says("CE 123456");
    assert_eq!(hoa.get("/viec/khong-co/phieu").await.status, StatusCode::NOT_FOUND);
    let officer = app.sign_in("motcua.sangmoc").await;
    assert_eq!(officer.get("/viec/mua-dat/phieu").await.status, StatusCode::FORBIDDEN);
    officer.get("/viec/mua-dat").await.says("Mua đất");
}
