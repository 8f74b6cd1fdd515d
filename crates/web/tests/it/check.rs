//! Whoever is given a paper finds out whether it is real, without an account and without learning about its owner.

use crate::app::{Answer, MARITAL, Person, TestApp};
use axum::body::Body;
use axum::http::StatusCode;
use motcua_office::account::SignIn;
use motcua_office::demo::PASSWORD;

const CODE: &str = "000.24.12.H55-200330-0001";

/// Files a request and has it approved; answers the result's PDF as its owner has it.
async fn result(app: &TestApp) -> Vec<u8> {
    let hoa = app.sign_in("0912345678").await;
    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let id = hoa.file_marital(&begun.location).await;
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
    let found = app.office.check_code(CODE).await.unwrap();
    let SignIn::Open { token } = app.office.sign_in("lanhdao.sangmoc", PASSWORD).await.unwrap() else {
        panic!("not verified")
    };
    let leader = app.office.session(&token).await.unwrap().unwrap().actor();
    app.office.result_file(&leader, found.id).await.unwrap()
}

async fn drop_file(person: &Person<'_>, bytes: &[u8]) -> Answer {
    person.upload("/kiem-tra", "file", "kết quả.pdf", bytes).await
}

#[tokio::test]
async fn a_result_is_known_to_the_byte_and_says_nothing_of_its_owner() {
    let app = TestApp::start().await;
    let pdf = result(&app).await;
    let stranger = app.visitor();
    let valid = drop_file(&stranger, &pdf).await;
    assert_eq!(valid.status, StatusCode::OK);
    valid
        .says("Đúng là kết quả của tỉnh")
        .says(CODE)
        .says("Lý Văn Thắng")
        .says("30/3/2020")
        .says("xã Sảng Mộc")
        .says("không có chữ ký số");
    for own in ["Nông Thị Hoa", "019185001234", "5678"] {
        valid.does_not_say(own);
    }

    let mut changed = pdf.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    let mut longer = pdf;
    longer.push(b'\n');
    for other in [&changed[..], &longer, b"%PDF-1.7 somebody's own"] {
        let unknown = drop_file(&stranger, other).await;
        assert_eq!(unknown.status, StatusCode::OK);
        unknown
            .says("Không khớp kết quả nào")
            .says("dù chỉ một byte")
            .says("không do hệ thống này cấp")
            .does_not_say("Lý Văn Thắng");
    }
}

#[tokio::test]
async fn a_code_leads_to_where_its_qr_leads() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    hoa.file_marital(&begun.location).await;
    let stranger = app.visitor();
    stranger.get("/").await.says("href=\"/kiem-tra\"");
    assert_eq!(stranger.get("/kiem-tra").await.status, StatusCode::OK);
    let found = stranger.get("/kiem-tra?code=24.12.h55-200330-0001").await;
    assert_eq!(found.location, format!("/kiem-tra/{CODE}"));
    for (typed, says) in [
        ("24.12", "value=\"24.12\""),
        ("24.12.H55-200330-9999", "chưa cấp mã này"),
        ("%22%3E%3Cscript%3E", "Mã này thiếu hoặc sai"),
    ] {
        let answer = stranger.get(&format!("/kiem-tra?code={typed}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        answer.says(says).does_not_say("<script>");
    }
}

#[tokio::test]
async fn what_cannot_be_a_result_is_told_with_what_to_do() {
    let app = TestApp::start().await;
    let stranger = app.visitor();
    for (bytes, says) in [
        (&b""[..], "rỗng"),
        (b"\x89PNG\r\n\x1a\n a photo", "gõ mã trên giấy"),
        (b"%PDF-1.4\n1 0 obj <</Encrypt 2 0 R>>", "mật khẩu"),
    ] {
        let answer = drop_file(&stranger, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        answer.says("class=\"problem\"").says(says);
    }
    let none = stranger.upload("/kiem-tra", "file", "", b"").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.says("Chưa chọn tệp");
    let mut large = b"%PDF-1.4\n".to_vec();
    large.resize(20 * 1024 * 1024 + 1, b' ');
    let large = drop_file(&stranger, &large).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    large.says("20 MB");
    let cut = stranger
        .send(
            "POST",
            "/kiem-tra",
            "multipart/form-data; boundary=B",
            Body::from("--B\r\nContent-Dis"),
        )
        .await;
    assert_eq!(cut.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn one_address_checks_so_many_papers_and_then_waits() {
    let app = TestApp::start().await;
    let stranger = app.visitor();
    for _ in 0..60 {
        assert_eq!(drop_file(&stranger, b"%PDF-1.7").await.status, StatusCode::OK);
    }
    assert_eq!(drop_file(&stranger, b"%PDF-1.7").await.status, StatusCode::TOO_MANY_REQUESTS);
    let code = stranger.get(&format!("/kiem-tra?code={CODE}")).await;
    assert_eq!(code.status, StatusCode::TOO_MANY_REQUESTS);
}
