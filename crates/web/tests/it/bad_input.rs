//! What should not come, comes: each is told with its remedy, nothing is a failure of ours, nothing typed is lost.

use crate::app::{Answer, MARITAL, Person, TestApp};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use motcua_office::demo::PASSWORD;
use tower::ServiceExt;

const FORM: &str = "application/x-www-form-urlencoded";

async fn draft<'a>(app: &'a TestApp) -> (Person<'a>, String) {
    let hoa = app.sign_in("0912345678").await;
    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let draft = begun.location.rsplit_once('/').unwrap().0.to_owned();
    (hoa, draft)
}

async fn typed(person: &Person<'_>, draft: &str, name: &str, value: &str) -> Answer {
    person.post(&format!("{draft}/nguoi-yeu-cau"), &[(name, value)]).await
}

#[tokio::test]
async fn a_wrong_field_is_told_at_the_field_and_what_was_typed_stays() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    let long = "dài ".repeat(5_000);
    for (name, value) in [
        ("ngay_sinh", "31/02/1985"),
        ("ngay_sinh", "1/1/2090"),
        ("ngay_sinh", "hôm qua"),
        ("so_dinh_danh", "01918500123"),
        ("so_dinh_danh", "098185001234"),
        ("dien_thoai", "0000"),
        ("thu_dien_tu", "hoa@"),
        ("dan_toc", long.trim_end()),
        ("ho_ten", "Hoa 🌸 Nông"),
        ("ho_ten", "Nông \u{202e}aoH"),
        ("noi_cu_tru.commune", "999-99"),
    ] {
        let answer = typed(&hoa, &draft, name, value).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {value:.40}");
        answer.says("id=\"summary\"").says(&format!("href=\"#{name}"));
        if !name.starts_with("noi_cu_tru") {
            answer.says(value.chars().take(40).collect::<String>().as_str());
        }
    }
    hoa.get(&format!("{draft}/nguoi-yeu-cau")).await.says("class=\"problem\"");
}

#[tokio::test]
async fn a_name_typed_on_a_mac_is_the_same_name() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    typed(&hoa, &draft, "ho_ten", "No\u{302}ng Thi\u{323} Hoa").await;
    hoa.get(&format!("{draft}/nguoi-yeu-cau"))
        .await
        .says("value=\"Nông Thị Hoa\"");
}

#[tokio::test]
async fn a_file_is_judged_by_its_content() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    let path = format!("{draft}/giay-to");
    for (name, bytes, says) in [
        ("the.jpg", &b"MZ\x90\0 a program"[..], "PDF"),
        ("the.pdf", b"", ""),
        ("the.pdf", b"%PDF-1.4\n1 0 obj <</Encrypt 2 0 R>>", "mật khẩu"),
        ("the.html", b"<script>alert(1)</script>", "PDF"),
    ] {
        let answer = hoa.upload(&path, "cccd", name, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        answer.says("class=\"problem\"").says(says);
    }
    let none = hoa.upload(&path, "cccd", "", b"").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.says("class=\"problem\"");
    let unknown = hoa.upload(&path, "khac", "the.png", b"\x89PNG\r\n\x1a\n").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    hoa.get(&path).await.does_not_say("class=\"files\"");
}

#[tokio::test]
async fn a_file_above_20_mb_is_refused_before_it_is_there() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    let mut large = b"%PDF-1.4\n".to_vec();
    large.resize(21 * 1024 * 1024, b' ');
    let answer = hoa.upload(&format!("{draft}/giay-to"), "cccd", "quét.pdf", &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    answer.says("20 MB");
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent_under_its_own_name() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    let sent = hoa
        .upload(
            &format!("{draft}/giay-to"),
            "cccd",
            "thẻ căn cước.png",
            b"\x89PNG\r\n\x1a\nten",
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = hoa.get(&format!("{draft}/giay-to")).await;
    page.says("thẻ căn cước.png");
    let href = page.between("<ul class=\"files\"><li><a href=\"", "\"").to_owned();
    let file = hoa.get(&href).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.body.ends_with("ten"));
    let other = app.sign_in("motcua.vonhai").await;
    assert_eq!(other.get(&href).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_typed_after_the_session_ended_is_there_after_signing_in_again() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    app.clock.set("2020-03-31T09:00:00+07:00".parse().unwrap());
    let step = format!("{draft}/nguoi-yeu-cau");
    let ended = hoa.post(&step, &[("dan_toc", "Nùng"), ("ho_ten", "Nông Thị Hoà")]).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    ended.says("name=\"giu.dan_toc\" value=\"Nùng\"").says(&step);
    let mistyped = hoa
        .post(
            "/dang-nhap",
            &[
                ("login", "0912345678"),
                ("password", "sai"),
                ("tiep", &step),
                ("giu.dan_toc", "Nùng"),
            ],
        )
        .await;
    mistyped.says("name=\"giu.dan_toc\" value=\"Nùng\"");
    let form = [
        ("login", "0912 345 678"),
        ("password", PASSWORD),
        ("tiep", &step),
        ("giu.dan_toc", "Nùng"),
        ("giu.ho_ten", "Nông Thị Hoà"),
    ];
    let back = hoa.post("/dang-nhap", &form).await;
    assert_eq!((back.status, back.location.as_str()), (StatusCode::SEE_OTHER, step.as_str()));
    let page = hoa.with_session_of(&back).get(&step).await;
    page.says("value=\"Nùng\"").says("value=\"Nông Thị Hoà\"");
}

#[tokio::test]
async fn signing_in_leads_to_no_other_site() {
    let app = TestApp::start().await;
    for away in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
    ] {
        let form = [("login", "0912345678"), ("password", PASSWORD), ("tiep", away)];
        assert_eq!(app.visitor().post("/dang-nhap", &form).await.location, "/ho-so");
    }
}

#[tokio::test]
async fn guessing_passwords_is_stopped_however_the_phone_number_is_spelt() {
    let app = TestApp::start().await;
    let mut last = StatusCode::OK;
    for i in 0..12 {
        let login = ["0912345678", "+84 912 345 678", "0912 345 678"][i % 3];
        last = app
            .visitor()
            .post("/dang-nhap", &[("login", login), ("password", "sai")])
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_with_a_page_in_the_readers_language() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    let step = format!("{draft}/nguoi-yeu-cau");
    let cases: [(&str, &str, &str, Vec<u8>, StatusCode); 9] = [
        ("GET", "/ho-so/khong-phai-ma", "", vec![], StatusCode::NOT_FOUND),
        ("GET", "/ho-so?truoc=x", "", vec![], StatusCode::NOT_FOUND),
        ("GET", "/khong/co", "", vec![], StatusCode::NOT_FOUND),
        ("GET", "/thu-tuc/9.999999", "", vec![], StatusCode::NOT_FOUND),
        (
            "GET",
            "/kiem-tra/000.24.12.H55-200330-9999",
            "",
            vec![],
            StatusCode::NOT_FOUND,
        ),
        ("DELETE", "/ho-so", "", vec![], StatusCode::NOT_FOUND),
        ("POST", &step, "", b"ho_ten=x".to_vec(), StatusCode::BAD_REQUEST),
        ("POST", &step, "application/json", b"{}".to_vec(), StatusCode::BAD_REQUEST),
        ("POST", &step, FORM, vec![b'a'; 1100 * 1024], StatusCode::PAYLOAD_TOO_LARGE),
    ];
    for (method, path, kind, body, status) in cases {
        let answer = hoa.send(method, path, kind, Body::from(body)).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        answer.says("<html lang=\"vi\"").says("<main");
    }
    // Bytes that are no text are read as far as they go, and told as a wrong name.
    let bytes = hoa.send("POST", &step, FORM, Body::from("ho_ten=%ff%fe")).await;
    assert!(bytes.status.is_client_error(), "{}", bytes.status);
    let cut = hoa
        .send(
            "POST",
            &format!("{draft}/giay-to"),
            "multipart/form-data; boundary=B",
            Body::from("--B\r\nContent-Dis"),
        )
        .await;
    assert_eq!(cut.status, StatusCode::BAD_REQUEST);
    hoa.get("/khong/co?lang=en").await.says("<html lang=\"en\"");
}

#[tokio::test]
async fn pressed_twice_at_once_it_is_one_request() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    hoa.fill_marital(&format!("{draft}/nguoi-yeu-cau")).await;
    let path = format!("{draft}/kiem-tra");
    let form = [("return_way", "counter"), ("declared", "on")];
    let (one, two, three) = tokio::join!(hoa.post(&path, &form), hoa.post(&path, &form), hoa.post(&path, &form));
    for answer in [&two, &three] {
        assert_eq!(
            (answer.status, &answer.location),
            (StatusCode::SEE_OTHER, &one.location),
            "{}",
            answer.body
        );
    }
    assert_eq!(hoa.get("/ho-so").await.body.matches("000.24.12.H55-").count(), 1);
    let late = hoa.post(&format!("{draft}/nguoi-yeu-cau"), &[("ho_ten", "Ai Khác")]).await;
    assert_eq!((late.status, &late.location), (StatusCode::SEE_OTHER, &one.location));
}

#[tokio::test]
async fn a_form_that_another_site_sends_changes_nothing_and_every_page_forbids_code_of_others() {
    let app = TestApp::start().await;
    let ask = async |site: &str| {
        let request = Request::post("/dang-nhap")
            .header("sec-fetch-site", site)
            .header(header::CONTENT_TYPE, FORM);
        let body = Body::from(format!("login=0912345678&password={PASSWORD}"));
        app.router.clone().oneshot(request.body(body).unwrap()).await.unwrap()
    };
    let foreign = ask("cross-site").await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    assert!(foreign.headers().get(header::SET_COOKIE).is_none());
    assert!(
        foreign.headers()[header::CONTENT_TYPE]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    let own = ask("same-origin").await;
    assert_eq!(own.status(), StatusCode::SEE_OTHER);
    for answer in [&foreign, &own] {
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}

#[tokio::test]
async fn while_the_database_is_away_nobody_is_signed_out_and_the_page_says_try_again() {
    let app = TestApp::start().await;
    let (hoa, draft) = draft(&app).await;
    app.office.close().await;
    // Later than what is remembered of a session.
    app.clock.set("2020-03-30T09:01:00+07:00".parse().unwrap());
    let step = format!("{draft}/nguoi-yeu-cau");
    for answer in [
        hoa.get("/ho-so").await,
        hoa.get(&step).await,
        hoa.post(&step, &[("dan_toc", "Nùng")]).await,
        hoa.post("/dang-nhap", &[("login", "0912345678"), ("password", PASSWORD)])
            .await,
    ] {
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
        answer.says("thử lại");
    }
    assert_eq!(hoa.get("/thu-tuc").await.status, StatusCode::OK);
}
