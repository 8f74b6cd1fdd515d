//! A postal clerk's round at its page, the month's invoice, and how a person chooses to be told.

use crate::app::{MARITAL, Person, TestApp};
use axum::body::Body;
use axum::http::StatusCode;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// A dossier whose result waits for the post; answers its identifier.
async fn approved(app: &TestApp) -> String {
    let hoa = app.sign_in("0912345678").await;
    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let draft = hoa.fill_marital(&begun.location).await;
    let sent = hoa
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "post"), ("declared", "on")])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let id = sent
        .location
        .rsplit('/')
        .next()
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    for (login, action, typed) in [
        ("motcua.sangmoc", "thu-tien", &[][..]),
        ("motcua.sangmoc", "tiep-nhan", &[]),
        ("motcua.sangmoc", "chuyen", &[]),
        (
            "chuyenvien.sangmoc",
            "xu-ly",
            &[("outcome", "granted"), ("text", "Chưa đăng ký kết hôn với ai")],
        ),
        ("lanhdao.sangmoc", "duyet", &[]),
    ] {
        let done = app.sign_in(login).await.act(&id, action, typed).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{action}: {}", done.body);
    }
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    id
}

/// What happened at a stop, with a picture where there is one.
async fn notes(sen: &Person<'_>, id: &str, typed: &[(&str, &str)], photo: Option<&[u8]>) -> crate::app::Answer {
    let mut body = Vec::new();
    for (name, value) in [("parcel", "1"), ("collected", "0")].iter().chain(typed) {
        body.extend(format!("--BOUND\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    if let Some(photo) = photo {
        let head = "--BOUND\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"anh.png\"\r\n\r\n";
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(photo);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--BOUND--\r\n");
    let kind = "multipart/form-data; boundary=BOUND";
    sen.send("POST", &format!("/chuyen-phat/{id}/xong"), kind, Body::from(body))
        .await
}

#[tokio::test]
async fn a_clerk_brings_a_result_home_and_what_goes_wrong_is_said_at_its_stop() {
    let app = TestApp::start().await;
    let id = approved(&app).await;
    let sen = app.sign_in("buudien.vonhai").await;
    let page = sen.get("/chuyen-phat").await;
    page.says("Chưa có bưu gửi nào trong chuyến").says("Xóm Khuổi Mèo");
    // Nothing of the request itself.
    page.does_not_say("019185001234").does_not_say("hôn nhân");
    let parcel = [("parcel", "1")];
    let taken = sen.post(&format!("/chuyen-phat/{id}/nhan"), &parcel).await;
    assert_eq!(taken.location, "/chuyen-phat");
    sen.get("/chuyen-phat").await.says("1. Nông Thị Hoa");
    let out = notes(&sen, &id, &[("outcome", "out")], None).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.body);
    let failed = notes(&sen, &id, &[("outcome", "failed"), ("taken_by", "Nông Thị Hoa")], None).await;
    assert_eq!(failed.status, StatusCode::UNPROCESSABLE_ENTITY);
    failed.says("role=\"alert\"").says("<details open>");
    let unproved = notes(&sen, &id, &[("outcome", "delivered"), ("taken_by", "Ma Văn Lực")], None).await;
    assert_eq!(unproved.status, StatusCode::UNPROCESSABLE_ENTITY);
    unproved.says("value=\"Ma Văn Lực\"").says("<details open>");
    let neighbour = [
        ("outcome", "delivered"),
        ("taken_by", "Ma Văn Lực"),
        ("other", "on"),
        ("id_last", "9876"),
    ];
    let neighbour = notes(&sen, &id, &neighbour, None).await;
    assert_eq!(neighbour.status, StatusCode::UNPROCESSABLE_ENTITY);
    neighbour.says("value=\"9876\"");
    let delivered = [("outcome", "delivered"), ("taken_by", "Nông Thị Hoa")];
    for size in [6, 30] {
        let mut large = PNG.to_vec();
        large.resize(size * 1024 * 1024, 0);
        let refused = notes(&sen, &id, &delivered, Some(&large)).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{size} MB");
        refused.says("Tệp lớn quá 5 MB").says("Chuyến phát hôm nay");
    }
    let no_picture = notes(&sen, &id, &delivered, Some(b"%PDF-1.4")).await;
    assert_eq!(no_picture.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = notes(&sen, &id, &delivered, Some(PNG)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    sen.get("/chuyen-phat").await.does_not_say("Nông Thị Hoa");
    let tiep = app.sign_in("motcua.sangmoc").await;
    let parcel = tiep.get(&format!("/ban/ho-so/{id}/buu-gui")).await;
    parcel.says("xem ảnh").does_not_say("xem chữ ký");
    let link = parcel.body.split("\">xem ảnh").next().unwrap();
    let link = link.rsplit("href=\"").next().unwrap().to_owned();
    let photo = tiep.get(&link).await;
    assert_eq!((photo.status, photo.body.contains("IHDR")), (StatusCode::OK, true));
    assert_eq!(app.visitor().get(&link).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_invoice_of_a_month_is_a_page_and_a_file_with_one_line_a_parcel() {
    let app = TestApp::start().await;
    let id = approved(&app).await;
    let keeper = app.sign_in("ketoan.sangmoc").await;
    // The post did not answer yet: nothing is owed.
    keeper.get("/ke-toan/buu-dien").await.says("Tháng này chưa có bưu gửi nào");
    let tiep = app.sign_in("motcua.sangmoc").await;
    let code = tiep.get(&format!("/ban/ho-so/{id}")).await.between("<h1>", " ").to_owned();
    app.post_took_orders("BN100000001VN").await;
    keeper
        .get("/ke-toan/buu-dien?thang=2020-03")
        .await
        .says(&code)
        .says("BN100000001VN")
        .says("20.000 đồng");
    let file = keeper.get("/ke-toan/buu-dien.csv?thang=2020-03").await;
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!(lines.len(), 2, "{}", file.body);
    assert!(lines[1].starts_with(&format!("2020-03,24.12,{code},BN100000001VN,")));
    let april = keeper.get("/ke-toan/buu-dien.csv?thang=2020-04").await;
    assert_eq!(april.body.lines().count(), 1);
    assert_eq!(tiep.get("/ke-toan/buu-dien").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_person_chooses_how_she_is_told() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    hoa.get("/tai-khoan").await.says("/tai-khoan/bao-tin");
    let page = hoa.get("/tai-khoan/bao-tin").await;
    page.says("name=\"moment\" value=\"parcel\" checked").says("Luôn báo");
    page.does_not_say("value=\"missing\"");
    let chosen = [("channel", "sms"), ("moment", "ready"), ("language", "en")];
    hoa.post("/tai-khoan/bao-tin", &chosen).await.says("role=\"status\"");
    let page = hoa.get("/tai-khoan/bao-tin").await;
    page.says("value=\"sms\" checked")
        .says("value=\"mail\">")
        .says("value=\"ready\" checked")
        .says("value=\"parcel\">")
        .says("value=\"en\" checked");
    let tiep = app.sign_in("motcua.sangmoc").await;
    assert_eq!(tiep.get("/tai-khoan/bao-tin").await.status, StatusCode::FORBIDDEN);
}
