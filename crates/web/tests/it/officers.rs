//! The post office, the board and the administration.

use crate::app::TestApp;
use axum::http::StatusCode;

#[tokio::test]
async fn a_postal_clerk_files_for_who_stands_there_and_sees_her_masked_afterwards() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    let list = clerk.get("/buu-dien").await;
    list.says("N. T. Hoa")
        .does_not_say("Nông Thị Hoa")
        .does_not_say("019185001234");
    let page = format!("/buu-dien/ho-so/{id}");
    let shown = clerk.get(&page).await;
    shown
        .says("Thu 15.000 đồng tiền mặt")
        .says("giay-hen.pdf")
        .does_not_say("019185001234");
    let early = clerk.post(&format!("{page}/thu-tien"), &[("seen", &shown.seen())]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    early.says("Chưa mở quỹ hôm nay");
    clerk.post("/buu-dien/quy", &[("opening", "200.000")]).await;
    let seen = shown.seen();
    assert_eq!(
        clerk.post(&format!("{page}/thu-tien"), &[("seen", &seen)]).await.status,
        StatusCode::SEE_OTHER
    );
    clerk.get(&page).await.says("BL-24.12-2020-000001");
    let again = clerk.post(&format!("{page}/thu-tien"), &[("seen", &seen)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    again.says("role=\"alert\"");
}

#[tokio::test]
async fn the_board_counts_each_dossier_once_and_says_what_is_late() {
    let app = TestApp::start().await;
    let monitor = app.sign_in("giamsat").await;
    monitor.get("/bang").await.says("Chưa có hồ sơ nào");
    let receptionist = app.sign_in("motcua.sangmoc").await;
    for _ in 0..3 {
        receptionist.file_at_counter().await;
    }
    monitor
        .get("/bang")
        .await
        .says("Có 3 hồ sơ trên hệ thống")
        .says("0 trong 3 hồ sơ đang giải quyết đã quá hạn (0,0 %)");
    app.clock.set("2020-04-06T09:00:00+07:00".parse().unwrap());
    // A session lasts a working day.
    let (monitor, receptionist) = (app.sign_in("giamsat").await, app.sign_in("motcua.sangmoc").await);
    receptionist.file_at_counter().await;
    let late = monitor.get("/bang").await;
    late.says("3 trong 4 hồ sơ đang giải quyết đã quá hạn (75,0 %)")
        .says("<table")
        .says("role=\"img\"")
        .says("xã Sảng Mộc");
    let leader = app.sign_in("lanhdao.vonhai").await;
    leader.get("/bang").await.does_not_say("Sảng Mộc");
}

#[tokio::test]
async fn the_administrator_sees_what_was_sent_without_learning_to_whom() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    receptionist.file_at_counter().await;
    let administrator = app.sign_in("quantri").await;
    administrator.get("/quan-tri").await.says("Chưa gửi tin nào");
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    let ledger = administrator.get("/quan-tri").await;
    ledger
        .says("•••678")
        .does_not_say("912345678")
        .does_not_say("Nông Thị Hoa")
        .says("đã gửi");
    let gone = administrator
        .post("/quan-tri/viec/00000000-0000-7000-8000-000000000001/lam-lai", &[])
        .await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    gone.says("không còn trong danh sách");
}

#[tokio::test]
async fn every_door_of_the_officers_speaks_english_too() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let id = receptionist.file_at_counter().await;
    receptionist.get("/ban?lang=en").await.says("To accept").says("lang=\"en\"");
    receptionist
        .get(&format!("/ban/ho-so/{id}?lang=en"))
        .await
        .says("If accepted now, it is due");
    app.sign_in("buudien.vonhai")
        .await
        .get("/buu-dien?lang=en")
        .await
        .says("post office");
    app.sign_in("giamsat")
        .await
        .get("/bang?lang=en")
        .await
        .says("In progress, overdue");
    app.sign_in("quantri")
        .await
        .get("/quan-tri?lang=en")
        .await
        .says("Administration");
}

#[tokio::test]
async fn the_books_refuse_days_that_make_no_sense_and_keep_what_was_chosen() {
    let app = TestApp::start().await;
    let desk = app.sign_in("motcua.sangmoc").await;
    desk.get("/ban/so-sach")
        .await
        .says("Sổ theo dõi hồ sơ")
        .says("value=\"2020-03-01\"");
    for (query, said) in [
        ("from=hôm+qua&to=2020-03-30", "Ngày chưa đọc được"),
        ("from=2020-04-30&to=2020-03-30", "Ngày đầu đứng sau ngày cuối"),
        ("from=2018-01-01&to=2020-03-30", "nhiều nhất một năm"),
    ] {
        let answer = desk.get(&format!("/ban/so-theo-doi.pdf?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.says(said);
    }
    let kept = desk.get("/ban/so-theo-doi.pdf?from=2020-04-30&to=2020-03-30").await;
    kept.says("value=\"2020-04-30\"");
    desk.get("/ban/ban-giao.pdf?day=9999-12-31").await.says("Ngày chưa đọc được");
    let id = desk.file_at_counter().await;
    let book = desk.get("/ban/so-theo-doi.pdf?from=2020-03-30&to=2020-03-30").await;
    assert!(book.status.is_success() && book.body.starts_with("%PDF-1.7"));
    let list = desk.get("/ban/ban-giao.pdf?day=30/03/2020").await;
    assert!(list.status.is_success() && list.body.starts_with("%PDF"));
    desk.get(&format!("/ban/ho-so/{id}/phieu-kiem-soat")).await.says("Bên giao");
    let sheet = desk.get(&format!("/ho-so/{id}/in/phieu-kiem-soat.pdf")).await;
    assert!(sheet.status.is_success() && sheet.body.starts_with("%PDF"));
}
