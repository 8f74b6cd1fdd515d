//! What stands beside a dossier: notes, marks, the talk with the person, what a supplement changed, doubles.

use crate::app::{MARITAL, TestApp};
use axum::http::StatusCode;

const RECEPTIONIST: &str = "motcua.sangmoc";
const CITIZEN: &str = "0912345678";

#[tokio::test]
async fn a_note_is_read_by_colleagues_and_never_by_the_person() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let citizen = app.sign_in(CITIZEN).await;
    let begun = citizen.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let id = citizen.file_marital(&begun.location).await;
    let page = format!("/ban/ho-so/{id}");
    let empty = receptionist.post(&format!("{page}/ghi-chu"), &[("remark", "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("Viết nội dung ghi chú");
    let kept = receptionist
        .post(&format!("{page}/ghi-chu"), &[("remark", "Đã gọi điện")])
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    app.sign_in("chuyenvien.sangmoc")
        .await
        .get(&page)
        .await
        .says("Đã gọi điện")
        .says("Hoàng Văn Tiếp");
    citizen.get(&format!("/ho-so/{id}")).await.does_not_say("Đã gọi điện");
    let stranger = app.sign_in("motcua.vonhai").await;
    let refused = stranger.post(&format!("{page}/ghi-chu"), &[("remark", "x")]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_mark_names_page_and_place_and_leaves_the_paper_as_it_was() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let id = receptionist.file_at_counter().await;
    let page = format!("/ban/ho-so/{id}");
    let shown = receptionist.get(&page).await;
    let hash = shown.between("/giay-to/", "\"").to_owned();
    let file = receptionist.get(&format!("/ho-so/{id}/giay-to/{hash}")).await.body;
    for (number, place) in [("0", "top"), ("9999", "top"), ("1", "nowhere"), ("một", "top")] {
        let wrong = [("paper", hash.as_str()), ("page", number), ("place", place), ("remark", "Mờ")];
        let answer = receptionist.post(&format!("{page}/ghi-chu"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{number} {place}");
    }
    let mark = [
        ("paper", hash.as_str()),
        ("page", "1"),
        ("place", "top-left"),
        ("remark", "Mờ"),
    ];
    let kept = receptionist.post(&format!("{page}/ghi-chu"), &mark).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    receptionist
        .get(&page)
        .await
        .says("Trang 1, góc trên bên trái")
        .says("pin top-left");
    assert_eq!(receptionist.get(&format!("/ho-so/{id}/giay-to/{hash}")).await.body, file);
}

#[tokio::test]
async fn the_person_asks_the_agency_answers_and_she_is_told() {
    let app = TestApp::start().await;
    let (receptionist, citizen) = (app.sign_in(RECEPTIONIST).await, app.sign_in(CITIZEN).await);
    let begun = citizen.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let id = citizen.file_marital(&begun.location).await;
    let asked = citizen
        .post(&format!("/ho-so/{id}/nhan"), &[("said", "Bao giờ có <kết quả>?")])
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    receptionist.get("/ban?hang=trao-doi").await.says("Nông Thị Hoa");
    let page = receptionist.get(&format!("/ban/ho-so/{id}")).await;
    page.says("Bao giờ có").does_not_say("<kết quả>");
    let answered = receptionist
        .post(&format!("/ban/ho-so/{id}/nhan"), &[("said", "Thứ Sáu này")])
        .await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    receptionist
        .get("/ban?hang=trao-doi")
        .await
        .says("Không có hồ sơ nào trong hàng này");
    citizen.get(&format!("/ho-so/{id}")).await.says("Thứ Sáu này");
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    let told = app.office.demo_inbox().unwrap().latest();
    assert!(told.iter().any(|m| m.text.contains("đã nhắn cho bạn")), "{told:?}");
    // What was typed is kept when it cannot be sent, and a row of unanswered messages has an end.
    for _ in 0..5 {
        citizen.post(&format!("/ho-so/{id}/nhan"), &[("said", "Alo")]).await;
    }
    let sixth = citizen.post(&format!("/ho-so/{id}/nhan"), &[("said", "Alo lần nữa")]).await;
    assert_eq!(sixth.status, StatusCode::UNPROCESSABLE_ENTITY);
    sixth.says("Đã có 5 tin chưa được trả lời").says("Alo lần nữa</textarea>");
}

#[tokio::test]
async fn after_a_supplement_old_and_new_stand_side_by_side() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let id = receptionist.file_at_counter().await;
    receptionist.act(&id, "bo-sung", &[("thieu.cccd", "Ảnh mờ")]).await;
    let paper = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0];
    receptionist
        .upload(&format!("/ho-so/{id}/bo-sung"), "cccd", "ro.png", &paper)
        .await;
    let page = receptionist.get(&format!("/ban/ho-so/{id}")).await;
    page.says("Thay đổi sau lần bổ sung");
    let table = page.between("class=\"stack changes\"", "</table>");
    assert!(table.contains("the.jpg") && table.contains("ro.png"), "{table}");
}

#[tokio::test]
async fn the_same_request_filed_twice_is_said_before_acceptance() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let one = receptionist.file_at_counter().await;
    receptionist
        .get(&format!("/ban/ho-so/{one}"))
        .await
        .does_not_say("Có thể là hồ sơ trùng");
    let two = receptionist.file_at_counter().await;
    receptionist
        .get(&format!("/ban/ho-so/{two}"))
        .await
        .says("Có thể là hồ sơ trùng")
        .says(&one);
    receptionist.act(&two, "tiep-nhan", &[]).await;
    receptionist
        .get(&format!("/ban/ho-so/{two}"))
        .await
        .does_not_say("Có thể là hồ sơ trùng");
}
