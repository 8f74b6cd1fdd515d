//! The seals of the journal, as an inspector finds them.

use crate::app::TestApp;
use axum::http::StatusCode;

#[tokio::test]
async fn an_inspector_finds_the_seal_of_each_day_that_is_over() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    receptionist.file_at_counter().await;
    let page = "/quan-tri/niem-phong";
    app.sign_in("giamsat").await.get("/bang").await.says(page);
    app.sign_in("quantri")
        .await
        .get(page)
        .await
        .says("Chưa có ngày nào được niêm phong");
    assert_eq!(app.office.seal_days().await.unwrap(), 0);
    // Ten minutes past midnight, and three days without a run later, the day has one seal.
    app.clock.set("2020-04-03T09:00:00+07:00".parse().unwrap());
    assert_eq!(app.office.seal_days().await.unwrap(), 1);
    assert_eq!(app.office.seal_days().await.unwrap(), 0);
    let summary = app.office.verify_seals(|_| {}).await.unwrap();
    assert_eq!((summary.hold, summary.damage), (1, None));
    let seal = summary.last.unwrap().hex();
    for login in ["quantri", "giamsat"] {
        app.sign_in(login)
            .await
            .get(page)
            .await
            .says(&seal)
            .says("30/3/2020")
            .says("3/4/2020 9:00");
    }
    let receptionist = app.sign_in("motcua.sangmoc").await;
    assert_eq!(receptionist.get(page).await.status, StatusCode::FORBIDDEN);
}
