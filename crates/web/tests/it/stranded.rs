//! An officer whose agency closed: she is told what to ask for, and the administrator moves her.

use crate::app::TestApp;
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_is_told_and_works_again_once_she_was_moved() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let page = "/quan-tri/can-bo";
    quan.get(page).await.says("Không có cán bộ nào");
    app.clock.set("2025-07-01T08:00:00+07".parse().unwrap());
    app.office.current().catalogue().turn_to("2025-07-01".parse().unwrap());
    let reception = app.sign_in("motcua.sangmoc").await;
    let told = reception.get("/ban").await;
    assert_eq!(told.status, StatusCode::FORBIDDEN);
    told.says("Cơ quan của bạn đã sáp nhập")
        .says("làm việc đến hết 30/6/2025")
        .says("hồ sơ đã chuyển sang");
    assert_eq!(reception.get("/tai-khoan").await.status, StatusCode::OK);
    let quan = app.sign_in("quantri").await;
    let list = quan.get(page).await;
    list.says("Ủy ban nhân dân xã Sảng Mộc");
    let section = list.body.split_once("Ủy ban nhân dân xã Sảng Mộc").unwrap().1;
    let value = |name: &str, from: &str| {
        let rest = from.split_once(&format!("name=\"{name}\"")).unwrap().1;
        rest.split_once("value=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
    };
    let (who, from, to) = (value("nguoi", section), value("tu", section), value("den", section));
    let stranger = quan.post(page, &[("nguoi", &who), ("tu", &from), ("den", "01.00")]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND, "only who took over");
    let moved = quan.post(page, &[("nguoi", &who), ("tu", &from), ("den", &to)]).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    let again = quan.post(page, &[("nguoi", &who), ("tu", &from), ("den", &to)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let left = quan.get(page).await;
    assert!(!left.body.contains(&who));
}
