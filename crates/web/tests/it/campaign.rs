//! Measures that lead people to file from home: links that count, leaflets, texts.

use crate::app::{MARITAL, TestApp};
use axum::http::StatusCode;

const MEASURE: [(&str, &str); 5] = [
    ("title", "Tờ rơi ở chợ phiên"),
    ("means", "leaflet"),
    ("procedure", MARITAL),
    ("commune", "170-02"),
    ("from", "2020-03-30"),
];

#[tokio::test]
async fn a_link_counts_what_it_brought_without_a_cookie() {
    let app = TestApp::start().await;
    let head = app.sign_in("lanhdao.sangmoc").await;
    let wrong = head
        .post(
            "/bang/chien-dich",
            &[("title", "x"), ("procedure", "x"), ("commune", "164-01"), ("means", "post")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .says("Ghi việc đã làm")
        .says("Chọn dịch vụ nộp được trên mạng")
        .says("Chọn xã, phường thuộc cơ quan bạn")
        .says("Ghi ngày");
    let begun = head.post("/bang/chien-dich", &MEASURE).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let one = begun.location;
    let code = one.rsplit('/').next().unwrap().to_owned();
    let page = head.get(&one).await;
    page.says(&format!("/di/{code}"))
        .says("Thông báo của Xã Sảng Mộc")
        .says("Bà con chuẩn bị")
        .says("<dd>0</dd>");
    let phone = "Mozilla/5.0 (Linux; Android 9) Mobile";
    let visitor = app.visitor().with_agent(phone);
    let mut sheet = String::new();
    for _ in 0..6 {
        let led = visitor.get(&format!("/di/{}", code.to_lowercase())).await;
        assert_eq!(led.status, StatusCode::SEE_OTHER);
        assert_eq!(led.cookie, "");
        sheet = led.location;
        visitor.get(&sheet).await.says(&format!("/nop?qua={code}"));
    }
    assert_eq!(sheet, format!("/thu-tuc/{MARITAL}?qua={code}"));
    app.visitor().with_agent("Googlebot/2.1").get(&sheet).await;
    // Who has to sign in first comes back with the link.
    let back = visitor.post(&format!("/thu-tuc/{MARITAL}/nop?qua={code}"), &[]).await;
    assert!(back.location.ends_with(&format!("%3Fqua%3D{code}")), "{}", back.location);
    let citizen = app.sign_in("0912345678").await.with_agent(phone);
    let draft = citizen.post(&format!("/thu-tuc/{MARITAL}/nop?qua={code}"), &[]).await;
    let draft = citizen.fill_marital(&draft.location).await;
    let sent = citizen
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "online"), ("declared", "1")])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let seen = app.office.campaign(&app.actor("lanhdao.sangmoc").await, &code).await.unwrap();
    assert_eq!((seen.sheet, seen.begun, seen.submitted), (6, 1, 1));
    assert_eq!((seen.before.total(), seen.after.total(), seen.after.online), (0, 1, 1));
    head.get("/bang/chien-dich")
        .await
        .says("Tờ rơi ở chợ phiên")
        .says(">6<")
        .says("&#60;5");
    for (stranger, status) in [
        ("lanhdao.gtvt", StatusCode::NOT_FOUND),
        ("motcua.sangmoc", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(app.sign_in(stranger).await.get(&one).await.status, status, "{stranger}");
    }
    app.sign_in("giamsat")
        .await
        .get("/bang/chien-dich")
        .await
        .says("Tờ rơi ở chợ phiên");
    for nonsense in ["/di/xxxxxx", "/di/%27", "/di/2222222", "/bang/chien-dich?sau=%27"] {
        let answer = head.get(nonsense).await;
        assert!(!answer.status.is_server_error(), "{nonsense}: {}", answer.status);
    }
    let other = visitor.get(&format!("/thu-tuc/1.004859?qua={code}")).await;
    other.does_not_say("nop?qua=");
}

#[tokio::test]
async fn leaflets_are_printed_and_the_counter_slip_says_how_it_is_done_from_home() {
    let app = TestApp::start().await;
    let monitor = app.sign_in("giamsat").await;
    let one = monitor.post("/bang/chien-dich", &MEASURE).await.location;
    for size in ["a5", "a4"] {
        let pdf = monitor.get(&format!("{one}/to-roi.pdf?kho={size}")).await;
        assert!(pdf.status == StatusCode::OK && pdf.body.starts_with("%PDF"), "{size}");
    }
    assert_eq!(
        monitor.get(&format!("{one}/to-roi.pdf?kho=a0")).await.status,
        StatusCode::NOT_FOUND
    );
    let reception = app.sign_in("motcua.sangmoc").await;
    let id = reception.file_at_counter().await;
    reception
        .get(&format!("/ban/ho-so/{id}/phieu-hen"))
        .await
        .says("Lần sau nộp từ nhà")
        .says("home-steps")
        .says("<svg");
}
