//! Acting for another: given, accepted, used, ended.

use crate::app::{MARITAL, Person, TestApp};
use axum::http::StatusCode;

/// A second citizen with a proved phone.
async fn binh(app: &TestApp) -> Person<'_> {
    let stranger = app.visitor();
    let typed = [
        ("name", "Nông Văn Bình"),
        ("login", "0987654321"),
        ("password", "hoa-sen-tren-nui"),
    ];
    stranger.post("/dang-ky", &typed).await;
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    let inbox = app.office.demo_inbox().unwrap().latest();
    let code: String = inbox[0].text.chars().filter(char::is_ascii_digit).take(6).collect();
    let opened = stranger.post("/xac-nhan", &[("login", "0987654321"), ("code", &code)]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    stranger.with_session_of(&opened)
}

const GIVE: [(&str, &str); 6] = [
    ("to", "0987 654 321"),
    ("name", "Nông Văn Bình"),
    ("scope", "service"),
    ("service", MARITAL),
    ("until", "30/9/2020"),
    ("purpose", "Tôi ở xa"),
];

/// Hoa lets Bình act for her; answers the mandate.
async fn given(hoa: &Person<'_>) -> String {
    let answer = hoa.post("/tai-khoan/uy-quyen", &GIVE).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = hoa.get("/tai-khoan/uy-quyen").await;
    page.between("action=\"/tai-khoan/uy-quyen/", "/").to_owned()
}

#[tokio::test]
async fn who_accepted_sees_files_and_supplements_and_the_journal_names_both() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    let binh = binh(&app).await;
    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let id = hoa.file_marital(&begun.location).await;
    let page = format!("/ho-so/{id}");
    assert_eq!(binh.get(&page).await.status, StatusCode::NOT_FOUND);
    let mandate = given(&hoa).await;
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    let told = app.office.demo_inbox().unwrap().latest();
    assert!(told.iter().any(|m| m.to == "+84987654321" && m.text.contains("uy quyen")));
    binh.get("/tai-khoan/uy-quyen").await.says("Nông Thị Hoa").says("Tôi ở xa");
    assert_eq!(binh.get(&page).await.status, StatusCode::NOT_FOUND, "not accepted yet");
    binh.post(&format!("/tai-khoan/uy-quyen/{mandate}/nhan"), &[]).await;
    binh.get("/ho-so/thay-mat")
        .await
        .says(&id)
        .says("Nộp hồ sơ mới thay Nông Thị Hoa");
    binh.get(&page).await.says("làm thay Nông Thị Hoa").does_not_say("/rut\"");
    let withdrawn = binh.post(&format!("{page}/rut"), &[]).await;
    assert_eq!(withdrawn.status, StatusCode::FORBIDDEN);
    // He files for her: it is her dossier, and says who sent it.
    let begun = binh
        .post(&format!("/tai-khoan/uy-quyen/{mandate}/nop"), &[("service", MARITAL)])
        .await;
    binh.get(&begun.location)
        .await
        .says("điền tờ khai thay Nông Thị Hoa")
        .says("019185001234");
    let second = binh.file_marital(&begun.location).await;
    hoa.get(&format!("/ho-so/{second}"))
        .await
        .says("Nông Văn Bình thay mặt Nông Thị Hoa");
    hoa.get("/ho-so").await.says(&second);
    binh.get("/ho-so").await.does_not_say(&second);
    let officer = app.sign_in("motcua.sangmoc").await;
    let seen = officer.get(&format!("/ban/ho-so/{second}")).await;
    seen.says("Nông Văn Bình thay mặt Nông Thị Hoa");
}

#[tokio::test]
async fn a_mandate_that_was_ended_ends_at_once_also_in_the_middle_of_a_draft() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    let binh = binh(&app).await;
    let mandate = given(&hoa).await;
    binh.post(&format!("/tai-khoan/uy-quyen/{mandate}/nhan"), &[]).await;
    let begun = binh
        .post(&format!("/tai-khoan/uy-quyen/{mandate}/nop"), &[("service", MARITAL)])
        .await;
    let draft = binh.fill_marital(&begun.location).await;
    // His own draft of the same service is another one.
    let own = binh.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    assert!(!own.location.starts_with(&draft));
    hoa.post(&format!("/tai-khoan/uy-quyen/{mandate}/thoi"), &[]).await;
    let sent = binh
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "counter"), ("declared", "on")])
        .await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    sent.says("đã dừng hoặc hết hạn");
    hoa.get("/ho-so").await.does_not_say("badge filed");
    binh.get("/ho-so/thay-mat").await.says("không ai uỷ quyền");
    let again = binh.post(&format!("/tai-khoan/uy-quyen/{mandate}/nhan"), &[]).await;
    again.says("đã nhận, không nhận hoặc đã dừng");
    let third = app.sign_in("0912345678").await;
    third.get("/tai-khoan/uy-quyen").await.says("Nông Thị Hoa đã dừng lúc");
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_at_its_field_and_nobody_learns_who_has_an_account() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    for (name, value, said) in [
        ("to", "abc", "href=\"#to\""),
        ("to", "0912345678", "Đây là chính bạn"),
        ("name", "123", "href=\"#name\""),
        ("person_id", "12", "12 hoặc 9 chữ số"),
        ("service", "9.999999", "Chọn thủ tục hoặc hồ sơ"),
        ("until", "31/2/2020", "viết như 30/9/2020"),
        ("until", "30/3/2030", "viết như 30/9/2020"),
    ] {
        let mut form = GIVE.to_vec();
        form.retain(|f| f.0 != name);
        form.push((name, value));
        let answer = hoa.post("/tai-khoan/uy-quyen", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}={value}");
        answer.says(said).says("Tôi ở xa");
    }
    let mut nobody = GIVE.to_vec();
    nobody[0] = ("to", "0399999999");
    let answer = hoa.post("/tai-khoan/uy-quyen", &nobody).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "the same as for somebody");
}

#[tokio::test]
async fn a_stranger_neither_accepts_nor_ends_nor_uses_a_mandate() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    let mut form = GIVE.to_vec();
    form[0] = ("to", "0399999999");
    hoa.post("/tai-khoan/uy-quyen", &form).await;
    let page = hoa.get("/tai-khoan/uy-quyen").await;
    let mandate = page.between("action=\"/tai-khoan/uy-quyen/", "/").to_owned();
    let binh = binh(&app).await;
    for act in ["nhan", "thoi", "nop"] {
        let answer = binh
            .post(&format!("/tai-khoan/uy-quyen/{mandate}/{act}"), &[("service", MARITAL)])
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}");
    }
}
