//! The register, the slip at the counter, and what heads see of requests to supplement.

use crate::app::{CARD, MARITAL, TestApp};
use axum::http::StatusCode;

#[tokio::test]
async fn the_register_shows_its_days_and_goes_out_as_a_table_in_which_a_name_is_never_a_formula() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    receptionist.file_at_counter().await;
    let page = receptionist.get("/ban/so").await;
    page.says("000.24.12.H55-200330-0001").says("Nông Thị Hoa");
    receptionist
        .get("/ban/so?tu=2020-03-29&den=2020-03-29")
        .await
        .says("Không có hồ sơ nào nộp trong những ngày này");
    receptionist.get("/ban/so?tu=x").await.says("Ngày phải có dạng 30/3/2020");
    receptionist
        .get("/ban/so?tu=2020-03-31&den=2020-03-30")
        .await
        .says("Ngày đầu đứng sau ngày cuối");
    let table = receptionist.get("/ban/so.xlsx?tu=2020-03-01&den=2020-03-31").await;
    assert_eq!(table.status, StatusCode::OK);
    assert!(table.body.starts_with("PK"));
    let other = app.sign_in("motcua.vonhai").await;
    other.get("/ban/so").await.does_not_say("Nông Thị Hoa");
}

#[tokio::test]
async fn the_slip_of_the_counter_says_how_to_file_from_home_next_time() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let id = receptionist.file_at_counter().await;
    let slip = receptionist.get(&format!("/ban/ho-so/{id}/phieu-hen")).await;
    slip.says("000.24.12.H55-200330-0001")
        .says("Lần sau nộp từ nhà")
        .says(&format!("/thu-tuc/{MARITAL}"));
}

#[tokio::test]
async fn a_scanner_that_breaks_the_letters_is_said_so_and_what_was_scanned_stays() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let broken = CARD.replace("Nông Thị Hoa", "N?ng Th? Hoa");
    let said = receptionist
        .post("/ban/nop-ho", &[("procedure", MARITAL), ("card", &broken)])
        .await;
    assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
    said.says("Máy quét làm hỏng chữ có dấu").says("N?ng Th? Hoa").says("checked");
    let on = receptionist
        .post("/ban/nop-ho", &[("procedure", MARITAL), ("card", &broken), ("go_on", "1")])
        .await;
    assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.body);
    receptionist.get(&on.location).await.says("value=\"019185001234\"");
}

#[tokio::test]
async fn only_what_was_asked_for_can_be_supplemented() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let id = receptionist.file_at_counter().await;
    receptionist.act(&id, "bo-sung", &[("thieu.cccd", "Ảnh mờ")]).await;
    let paper = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0];
    let more = receptionist
        .upload_with(
            &format!("/ho-so/{id}/bo-sung"),
            ("ho_ten", "Người Khác"),
            "cccd",
            "ro.png",
            &paper,
        )
        .await;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
    more.says("không được yêu cầu bổ sung");
    receptionist
        .get(&format!("/ban/ho-so/{id}"))
        .await
        .says("Chờ bổ sung")
        .does_not_say("Người Khác");
    app.sign_in("lanhdao.sangmoc")
        .await
        .get("/ban/da-yeu-cau")
        .await
        .says("Hoàng Văn Tiếp");
}
