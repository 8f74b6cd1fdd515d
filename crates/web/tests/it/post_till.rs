//! The tills of a post office: cash in and out of them, differences, and the view of the head and the province.

use crate::app::{Answer, Person, TestApp};
use axum::http::StatusCode;

/// Files for who stands there and takes the fee; answers the dossier.
async fn file_and_pay(clerk: &Person<'_>) -> String {
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    let page = format!("/buu-dien/ho-so/{id}");
    let seen = clerk.get(&page).await.seen();
    let paid = clerk.post(&format!("{page}/thu-tien"), &[("seen", &seen)]).await;
    assert_eq!(paid.status, StatusCode::SEE_OTHER, "{}", paid.body);
    id
}

async fn count(clerk: &Person<'_>, expected: &str, counted: &str, reason: &str) -> Answer {
    clerk
        .post(
            "/buu-dien/quy/dem",
            &[("expected", expected), ("counted", counted), ("reason", reason)],
        )
        .await
}

#[tokio::test]
async fn a_till_that_is_right_is_closed_with_its_deposit_slip_and_booked() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    clerk.post("/buu-dien/quy", &[("opening", "x")]).await.says("bằng chữ số");
    clerk.post("/buu-dien/quy", &[("opening", "200.000")]).await;
    clerk
        .post("/buu-dien/quy", &[("opening", "0")])
        .await
        .says("đang có một quỹ mở");
    file_and_pay(&clerk).await;
    clerk
        .get("/buu-dien/quy")
        .await
        .says("215.000 đồng")
        .says("BL-24.12-2020-000001");
    // What lies in her till is not the accountant's to close.
    let accountant = app.sign_in("ketoan.sangmoc").await;
    accountant.get("/ke-toan/quy").await.does_not_say("name=\"counted\"");
    count(&clerk, "200000", "200000", "").await.says("Vừa có thay đổi");
    let closed = count(&clerk, "215000", "215.000", "").await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    let slip = clerk.get(&closed.location).await;
    slip.says("PNT-24.02-2020-000001").says("15.000 đồng").says("xã Sảng Mộc");
    accountant.get("/ke-toan/so").await.says("Khóa quỹ");
    assert_eq!(count(&clerk, "215000", "215000", "").await.status, StatusCode::NOT_FOUND);
    // The books balance, and are what the journal says.
    let verified = app.office.verify(|_, _| {}).await.unwrap();
    assert!(verified.damage.is_none(), "{:?}", verified.damage);
}

#[tokio::test]
async fn cash_that_is_short_waits_for_the_head_and_not_for_its_clerk() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    clerk.post("/buu-dien/quy", &[("opening", "0")]).await;
    let id = file_and_pay(&clerk).await;
    count(&clerk, "15000", "10.000", "").await.says("ghi lý do");
    let kept = count(&clerk, "15000", "mười nghìn", "Trả nhầm").await;
    kept.says("Trả nhầm").says("mười nghìn");
    count(&clerk, "15000", "10000", "Trả nhầm tiền thừa").await;
    clerk
        .get("/buu-dien/quy")
        .await
        .says("chờ trưởng bưu cục xác nhận")
        .says("−5.000 đồng");
    let head = app.sign_in("truong.buudien").await;
    let page = head.get("/buu-dien/quan-ly").await;
    page.says("−5.000 đồng")
        .says("Trả nhầm tiền thừa")
        .says("<strong>1</strong> hồ sơ nộp");
    let till = page.between("/buu-dien/quan-ly/quy/", "/").to_owned();
    // She answers for the office and sees no dossier of it.
    for path in [
        "/buu-dien",
        "/buu-dien/nop-ho",
        "/buu-dien/quy",
        &format!("/buu-dien/ho-so/{id}"),
    ] {
        assert_eq!(head.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let own = clerk.post(&format!("/buu-dien/quan-ly/quy/{till}/xac-nhan"), &[]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    head.post(&format!("/buu-dien/quan-ly/quy/{till}/dem-lai"), &[]).await;
    count(&clerk, "15000", "10000", "Đếm lại vẫn thiếu").await;
    let closed = head.post(&format!("/buu-dien/quan-ly/quy/{till}/xac-nhan"), &[]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    head.get(&closed.location).await.says("Ma Thị Nhung").says("10.000 đồng");
    let again = head.post(&format!("/buu-dien/quan-ly/quy/{till}/xac-nhan"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let monitor = app.sign_in("giamsat").await;
    let board = monitor.get("/bang/buu-dien").await;
    board.says("5.000 đồng").says("Bưu điện thành phố Sông Công");
    let verified = app.office.verify(|_, _| {}).await.unwrap();
    assert!(verified.damage.is_none(), "{:?}", verified.damage);
}

#[tokio::test]
async fn a_clerk_who_was_moved_closes_her_old_till_first() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    clerk.post("/buu-dien/quy", &[("opening", "50000")]).await;
    let draft = clerk.agree_at_post().await;
    app.move_to("buudien.vonhai", "20.02").await;
    let clerk = app.sign_in("buudien.vonhai").await;
    clerk
        .get("/buu-dien")
        .await
        .says("Bạn còn quỹ ngày 30/3/2020")
        .says("Võ Nhai");
    // What a person agreed to at the old office is not hers to go on with at the new one.
    let elsewhere = clerk.get(&draft).await;
    assert_eq!(elsewhere.status, StatusCode::CONFLICT);
    elsewhere.says("đồng ý với một bưu cục khác");
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    let page = format!("/buu-dien/ho-so/{id}");
    let seen = clerk.get(&page).await.seen();
    let refused = clerk.post(&format!("{page}/thu-tien"), &[("seen", &seen)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("chưa đóng ở bưu cục trước");
    count(&clerk, "50000", "50000", "").await;
    clerk.post("/buu-dien/quy", &[("opening", "0")]).await;
    let taken = clerk.post(&format!("{page}/thu-tien"), &[("seen", &seen)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

#[tokio::test]
async fn a_till_of_yesterday_takes_no_cash_of_today() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    clerk.post("/buu-dien/quy", &[("opening", "0")]).await;
    app.clock.set("2020-03-31T08:00:00+07:00".parse().unwrap());
    let clerk = app.sign_in("buudien.vonhai").await;
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    let page = format!("/buu-dien/ho-so/{id}");
    let seen = clerk.get(&page).await.seen();
    clerk
        .post(&format!("{page}/thu-tien"), &[("seen", &seen)])
        .await
        .says("Quỹ ngày 30/3/2020 chưa đóng");
}
