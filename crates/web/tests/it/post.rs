//! The post office: who stands there, her consent, the form in dialogue, and what is seen afterwards.

use crate::app::{CARD, MARITAL, Person, TestApp};
use axum::http::StatusCode;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// The identifier in `/buu-dien/dong-y/ID`.
fn id_of(consent: &str) -> String {
    consent.rsplit('/').next().unwrap().to_owned()
}

async fn sign(clerk: &Person<'_>, consent: &str) -> StatusCode {
    clerk
        .upload_with(consent, ("way", "signature"), "signature", "chu-ky.png", PNG)
        .await
        .status
}

/// The code of the last SMS in the demo's inbox.
fn code_of(app: &TestApp) -> String {
    let inbox = app.office.demo_inbox().unwrap().latest();
    let text = inbox.iter().find(|m| m.text.starts_with("Ma ")).unwrap().text.clone();
    text[3..9].to_owned()
}

#[tokio::test]
async fn rubbish_from_the_scanner_and_somebody_elses_card_are_said_and_keep_what_was_typed() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let page = "/buu-dien/nop-ho";
    let rubbish = clerk.post(page, &[("card", "https://example.vn")]).await;
    assert_eq!(rubbish.status, StatusCode::UNPROCESSABLE_ENTITY);
    rubbish.says("không phải mã QR trên thẻ căn cước");
    let broken = clerk
        .post(page, &[("card", &CARD.replace("Nông Thị Hoa", "N?ng Th? Hoa"))])
        .await;
    broken.says("làm hỏng dấu").says("value=\"019185001234\"");
    let two = clerk.post(page, &[("card", &CARD.replace("30031985", "30031958"))]).await;
    two.says("1985").says("role=\"alert\"");
    let shown = clerk.post(page, &[("card", CARD)]).await;
    assert_eq!(shown.status, StatusCode::OK);
    shown.says("Nông Thị Hoa").says("30/03/1985").says("Không phải người này");
    let card = [("card", CARD), ("shown", "1"), ("phone", "123"), ("procedure", MARITAL)];
    let unseen = clerk.post(page, &card).await;
    assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY);
    unseen.says("Nhìn ảnh trên thẻ").says("value=\"123\"").says("Nông Thị Hoa");
    let found = clerk
        .post(page, &[("card", CARD), ("shown", "1"), ("q", "giấy độc thân"), ("find", "1")])
        .await;
    found.says(&format!("value=\"{MARITAL}\"")).says("tình trạng hôn nhân");
}

#[tokio::test]
async fn nothing_is_filled_in_before_she_agreed() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let consent = clerk.ask_at_post().await;
    let draft = format!("/ho-so/nhap/{}", id_of(&consent));
    let early = clerk.get(&format!("{draft}/nguoi-yeu-cau")).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    early.says("Người dân chưa đồng ý");
    let without = clerk.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    assert_eq!(without.status, StatusCode::CONFLICT);
    for (parts, said) in [
        (&[("way", "signature")][..], "Chưa có chữ ký"),
        (
            &[("way", "paper"), ("number", "DY-24.02-2020-000009")],
            "không phải số trên phiếu",
        ),
        (&[("way", "code"), ("code", "123456")], "chưa gửi"),
        (&[("way", "witness"), ("witness_name", "1")], "họ tên người làm chứng"),
        (
            &[
                ("way", "witness"),
                ("witness_name", "Lý Văn Páo"),
                ("witness_id", "019185001234"),
            ],
            "phải là người khác",
        ),
        (
            &[
                ("way", "witness"),
                ("witness_name", "Lý Văn Páo"),
                ("witness_id", "019085004321"),
            ],
            "phiếu đã điểm chỉ",
        ),
        (&[("way", "x")], "Chọn cách"),
    ] {
        let answer = clerk.post_parts(&consent, parts).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        answer.says(said);
    }
    let text = clerk
        .upload_with(&consent, ("way", "signature"), "signature", "x.png", b"no picture")
        .await;
    text.says("JPEG, PNG hoặc PDF");
    assert_eq!(sign(&clerk, &consent).await, StatusCode::SEE_OTHER);
    clerk.get(&format!("{draft}/nguoi-yeu-cau")).await.says("Nông Thị Hoa");
    let proof = clerk.get(&format!("{consent}/bang-chung")).await;
    assert_eq!(proof.status, StatusCode::OK);
}

#[tokio::test]
async fn a_code_is_guessed_five_times_and_then_never_again() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let consent = clerk.ask_at_post().await;
    clerk.post(&format!("{consent}/ma"), &[]).await;
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    let code = code_of(&app);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..4 {
        let tried = clerk.post_parts(&consent, &[("way", "code"), ("code", wrong)]).await;
        tried.says("Mã chưa đúng");
    }
    clerk
        .post_parts(&consent, &[("way", "code"), ("code", wrong)])
        .await
        .says("cách này khóa lại");
    let right = clerk.post_parts(&consent, &[("way", "code"), ("code", &code)]).await;
    assert_eq!(right.status, StatusCode::UNPROCESSABLE_ENTITY, "the right one comes too late");
    clerk.post(&format!("{consent}/ma"), &[]).await.says("khóa lại");
    let other = clerk.ask_at_post().await;
    clerk.post(&format!("{other}/ma"), &[]).await;
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    let code = code_of(&app);
    let given = clerk.post_parts(&other, &[("way", "code"), ("code", &code)]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
}

#[tokio::test]
async fn a_consent_taken_back_in_the_middle_stops_the_filing_and_is_kept() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let first_step = clerk.agree_at_post().await;
    let draft = clerk.fill_marital(&first_step).await;
    let id = draft.rsplit('/').next().unwrap().to_owned();
    // From her account: the phone is hers.
    let hoa = app.sign_in("0912345678").await;
    let mine = hoa.get("/tai-khoan/nho-nop").await;
    mine.says("DY-24.02-2020-000001").says("Rút lại sự đồng ý");
    let back = hoa
        .post(&format!("/tai-khoan/nho-nop/{id}/rut"), &[("reason", "Tôi tự nộp")])
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let sent = clerk
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "counter"), ("declared", "on")])
        .await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    sent.says("đã rút lại sự đồng ý");
    clerk
        .get(&format!("/buu-dien/dong-y/{id}"))
        .await
        .says("Dừng ở đây")
        .says("Tôi tự nộp")
        .says("Đã đồng ý lúc");
    clerk.get("/buu-dien").await.says("đã rút lại sự đồng ý");
    // The draft goes when she says so; that she agreed and took it back stays.
    assert_eq!(clerk.post(&format!("{draft}/xoa"), &[]).await.status, StatusCode::SEE_OTHER);
    clerk.get(&format!("/buu-dien/dong-y/{id}")).await.says("Tôi tự nộp");
    let again = hoa.post(&format!("/tai-khoan/nho-nop/{id}/rut"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_consent_taken_back_at_a_one_stop_after_filing_hides_the_dossier_from_the_post_office() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    let page = format!("/buu-dien/ho-so/{id}");
    clerk.get(&page).await.says("Đã đồng ý lúc");
    let desk = app.sign_in("motcua.gtvt").await;
    let number = "DY-24.02-2020-000001";
    desk.get("/ban/dong-y?so=DY-24.02-2020-999999")
        .await
        .says("Không có phiếu đồng ý");
    desk.get(&format!("/ban/dong-y?so={number}"))
        .await
        .says("Đã đồng ý lúc")
        .does_not_say("019185001234");
    let other = desk
        .post(&format!("/ban/dong-y/{id}/rut"), &[("so", "DY-24.02-2020-000002")])
        .await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let back = desk.post(&format!("/ban/dong-y/{id}/rut"), &[("so", number)]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    assert_eq!(clerk.get(&page).await.status, StatusCode::NOT_FOUND);
    clerk.get("/buu-dien").await.says("chưa nộp hồ sơ nào");
    let officer = app.sign_in("motcua.sangmoc").await;
    officer
        .get(&format!("/ban/ho-so/{id}"))
        .await
        .says("Người dân rút lại sự đồng ý");
}

#[tokio::test]
async fn the_form_is_asked_question_by_question_and_what_the_card_says_is_not_asked_again() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let first = clerk.agree_at_post().await;
    assert!(first.ends_with("nguoi-yeu-cau?hoi="), "{first}");
    let page = clerk.get(&first).await;
    page.says("Nơi cư trú").says("class=\"form dialogue\"").says("Đã có:");
    page.says("nguoi-yeu-cau?hoi=thu_dien_tu\"");
    let step = first.split('?').next().unwrap();
    let person = [
        ("ho_ten", "Nông Thị Hoa"),
        ("so_dinh_danh", "019185001234"),
        ("ngay_sinh", "30/03/1985"),
        ("dien_thoai", "0912345678"),
    ];
    let after_mail = clerk.post(&format!("{step}?hoi=thu_dien_tu"), &person).await;
    assert!(after_mail.location.ends_with("?hoi=noi_cu_tru"), "{}", after_mail.location);
    let unasked = clerk.get(&after_mail.location).await;
    unasked.does_not_say("class=\"problem\"");
    let no_place = clerk.post(&format!("{step}?hoi=noi_cu_tru"), &person).await;
    assert_eq!(no_place.status, StatusCode::UNPROCESSABLE_ENTITY);
    no_place.does_not_say("Dân tộc:");
    let mut place = person.to_vec();
    place.extend([("noi_cu_tru.commune", "170-02"), ("noi_cu_tru.street", "Xóm Khuổi Mèo")]);
    let nation = clerk.post(&format!("{step}?hoi=noi_cu_tru"), &place).await;
    assert!(nation.location.ends_with("?hoi=dan_toc"), "{}", nation.location);
    place.push(("dan_toc", "Nùng"));
    let next = clerk.post(&format!("{step}?hoi=dan_toc"), &place).await;
    assert!(next.location.ends_with("hon-nhan?hoi="), "{}", next.location);
    let divorced = next.location.replace("?hoi=", "?hoi=tinh_trang");
    let court = clerk.post(&divorced, &[("tinh_trang", "da_ly_hon")]).await;
    assert!(court.location.ends_with("?hoi=so_ban_an"), "{}", court.location);
    clerk.get(&court.location).await.says("bản án ly hôn");
}

#[tokio::test]
async fn the_form_names_the_person_of_the_card() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let draft = clerk.fill_marital(&clerk.agree_at_post().await).await;
    let other = [
        ("ho_ten", "Lý Thị Mai"),
        ("so_dinh_danh", "019185009999"),
        ("ngay_sinh", "30/3/1985"),
        ("dien_thoai", "0912 345 678"),
        ("noi_cu_tru.commune", "170-02"),
        ("noi_cu_tru.street", "Xóm Khuổi Mèo"),
        ("dan_toc", "Nùng"),
    ];
    clerk.post(&format!("{draft}/nguoi-yeu-cau"), &other).await;
    let sent = clerk
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "counter"), ("declared", "on")])
        .await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    sent.says("khác số trên thẻ căn cước");
}

#[tokio::test]
async fn what_was_filed_counts_as_assisted_online_belongs_to_her_and_is_masked() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    let slip = clerk.post(&format!("/buu-dien/ho-so/{id}/phieu"), &[]).await;
    slip.says("Mã PIN")
        .says("N. T. Hoa")
        .does_not_say("019185001234")
        .says("HS 000.");
    for secret in ["in/to-khai.pdf", "in/ket-qua.pdf"] {
        let refused = clerk.get(&format!("/ho-so/{id}/{secret}")).await;
        assert_ne!(refused.status, StatusCode::OK, "{secret}");
    }
    // Her account has the phone that she gave and the number of her card.
    let hoa = app.sign_in("0912345678").await;
    let hers = format!("/ho-so/{id}");
    hoa.get(&hers)
        .await
        .says("đồng ý để bưu điện nộp thay")
        .says("Bưu điện nộp hồ sơ thay người dân")
        .does_not_say("Người dân nộp hồ sơ");
    hoa.get(&format!("{hers}?lang=en"))
        .await
        .says("A post office filed the request for the person");
    let d = app
        .office
        .my_dossier(&crate::post::actor(&app, "buudien.vonhai").await, id.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(d.channel.as_str(), "post");
    let monitor = app.sign_in("giamsat").await;
    monitor.get("/bang/truc-tuyen").await.says("100,0");
}

#[tokio::test]
async fn the_proof_of_her_consent_is_seen_until_the_dossier_is_filed() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let consent = clerk.ask_at_post().await;
    assert_eq!(sign(&clerk, &consent).await, StatusCode::SEE_OTHER);
    let proof = format!("{consent}/bang-chung");
    clerk.get(&consent).await.says(&proof);
    assert_eq!(clerk.get(&proof).await.status, StatusCode::OK);
    clerk
        .file_marital(&format!("/ho-so/nhap/{}/nguoi-yeu-cau", id_of(&consent)))
        .await;
    clerk.get(&consent).await.says("Đã đồng ý lúc").does_not_say(&proof);
    assert_eq!(clerk.get(&proof).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_she_answered_is_hidden_from_the_clerk_who_brings_what_lacked() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    let lacks = [
        ("thieu.dan_toc", "Ghi như trong khai sinh"),
        ("thieu.so_dinh_danh", "Thiếu một số"),
        ("thieu.noi_cu_tru", "Ghi rõ xóm"),
    ];
    let asked = app.sign_in("motcua.sangmoc").await.act(&id, "bo-sung", &lacks).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let page = format!("/ho-so/{id}/bo-sung");
    let hidden = [
        "value=\"Nùng\"",
        "value=\"019185001234\"",
        "Xóm Khuổi Mèo",
        "value=\"170-02\" selected",
    ];
    let hoa = app.sign_in("0912345678").await.get(&page).await;
    let theirs = clerk.get(&page).await;
    theirs.says("name=\"dan_toc\"").says("hỏi người dân rồi điền lại");
    hoa.does_not_say("hỏi người dân rồi điền lại");
    for answer in hidden {
        hoa.says(answer);
        theirs.does_not_say(answer);
    }
    // What the clerk types stands there again, and nothing else.
    let part = clerk.post_parts(&page, &[("dan_toc", "Tày")]).await;
    assert_eq!(part.status, StatusCode::UNPROCESSABLE_ENTITY);
    part.says("value=\"Tày\"").does_not_say("Xóm Khuổi Mèo");
}

/// One of the demo's people as an actor.
pub async fn actor(app: &TestApp, login: &str) -> motcua_model::actor::Actor {
    let opened = app.office.sign_in(login, motcua_office::demo::PASSWORD).await.unwrap();
    let motcua_office::account::SignIn::Open { token } = opened else {
        panic!("{login} is not verified")
    };
    app.office.session(&token).await.unwrap().unwrap().actor()
}

#[tokio::test]
async fn who_was_not_served_here_is_not_found_and_the_search_is_noted() {
    let app = TestApp::start().await;
    let clerk = app.sign_in("buudien.vonhai").await;
    let elsewhere = app.sign_in("motcua.sangmoc").await.file_at_counter().await;
    let page = app
        .sign_in("motcua.sangmoc")
        .await
        .get(&format!("/ban/ho-so/{elsewhere}"))
        .await;
    let code = page.between("<h1>", " ").to_owned();
    for sought in ["019185001234", "0912345678", code.as_str()] {
        let refused = clerk.get(&format!("/buu-dien/tim?q={sought}")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{sought}");
        refused.says("đã được ghi lại").does_not_say("N. T. Hoa");
    }
    clerk.get("/buu-dien/tim?q=Hoa").await.says("Gõ đủ mã hồ sơ");
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    for sought in ["019185001234", "0912345678"] {
        let found = clerk.get(&format!("/buu-dien/tim?q={sought}")).await;
        assert_eq!(found.status, StatusCode::OK);
        found.says(&id).does_not_say(&elsewhere);
    }
    let head = app.sign_in("truong.buudien").await;
    let page = head.get("/buu-dien/quan-ly").await;
    assert_eq!(page.body.matches("Lục Thị Sen · …").count(), 3);
}
