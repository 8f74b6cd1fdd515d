//! Bags at their pages: packed, sealed, given, taken, opened and compared, with everything that can be wrong on the way.

use crate::app::{Answer, Person, TestApp};
use axum::http::StatusCode;
use motcua_office::account::SignIn;
use motcua_office::demo::PASSWORD;

/// Opens a bag to an agency; answers its code.
async fn open(who: &Person<'_>, to: &str) -> String {
    let opened = who.post("/tui-thu", &[("to", to), ("date", "31/3/2020")]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    opened.location.rsplit('/').next().unwrap().to_owned()
}

/// Gives a paper of a dossier its code.
async fn label(who: &Person<'_>, dossier: &str, what: &str) -> String {
    let page = format!("/tui-thu/ho-so/{dossier}");
    assert_eq!(who.post(&page, &[("what", what)]).await.status, StatusCode::SEE_OTHER);
    let shown = who.get(&page).await;
    let row = shown.body.split("<tr>").skip(1).find(|r| r.contains(what)).unwrap();
    let code = row.split("data-label=\"Mã giấy\">").nth(1).unwrap();
    code.split('<').next().unwrap().to_owned()
}

async fn scan(who: &Person<'_>, bag: &str, code: &str) -> Answer {
    who.post(&format!("/tui-thu/{bag}/quet"), &[("scan", code)]).await
}

/// Does something that goes through.
async fn does(who: &Person<'_>, bag: &str, what: &str, typed: &[(&str, &str)]) {
    let done = who.post(&format!("/tui-thu/{bag}/{what}"), typed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{what}: {}", done.body);
}

/// Something that is refused; answers what the page says.
async fn refused(who: &Person<'_>, bag: &str, what: &str, typed: &[(&str, &str)]) -> Answer {
    let done = who.post(&format!("/tui-thu/{bag}/{what}"), typed).await;
    assert_eq!(done.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", done.body);
    done.says("role=\"alert\"");
    done
}

const SEAL: [(&str, &str); 2] = [("seal", "NP-0007"), ("weight", "420")];

#[tokio::test]
async fn a_missing_and_a_surplus_paper_are_told_on_the_dossier_with_the_last_hand() {
    let app = TestApp::start().await;
    let tiep = app.sign_in("motcua.sangmoc").await;
    let dossier = tiep.file_at_counter().await;
    let (one, two, three) = (
        label(&tiep, &dossier, "Bản gốc căn cước").await,
        label(&tiep, &dossier, "Giấy xác nhận").await,
        label(&tiep, &dossier, "Bản sao").await,
    );
    let bag = open(&tiep, "24.00").await;
    scan(&tiep, &bag, &one).await.says("đã vào túi");
    scan(&tiep, &bag, &two).await.says("đã vào túi");
    does(&tiep, &bag, "niem-phong", &SEAL).await;
    let list = tiep.get(&format!("/tui-thu/{bag}/danh-sach")).await;
    list.says(&one).says("NP-0007").says("Người nhận (ký, ghi họ tên)");
    let (sen, mai) = (app.sign_in("buudien.vonhai").await, app.sign_in("motcua.vonhai").await);
    // She has nothing to do with it yet.
    assert_eq!(sen.get(&format!("/tui-thu/{bag}")).await.status, StatusCode::NOT_FOUND);
    does(&tiep, &bag, "giao", &[("to", "24.02")]).await;
    sen.get("/tui-thu").await.says("Chờ bạn nhận").says(&bag);
    refused(&sen, &bag, "nhan", &[]).await.says("Ghi số niêm phong");
    does(&sen, &bag, "nhan", &[("seal", "NP-0007")]).await;
    does(&sen, &bag, "giao", &[("to", "24.00")]).await;
    does(&mai, &bag, "nhan", &[("seal", "NP-0007")]).await;
    does(&mai, &bag, "mo", &SEAL).await;
    scan(&mai, &bag, &one).await.says("đã thấy");
    scan(&mai, &bag, &three).await.says("không có trong danh sách");
    refused(&mai, &bag, "doi-chieu", &[("note", " ")])
        .await
        .says("Ghi chuyện gì đã xảy ra");
    let note = "Thiếu giấy xác nhận, thừa bản sao.";
    does(&mai, &bag, "doi-chieu", &[("note", note)]).await;
    mai.get(&format!("/tui-thu/{bag}"))
        .await
        .says("<strong>Thiếu</strong>")
        .says("Thừa, không có trong danh sách")
        .says(note);
    tiep.get(&format!("/ban/ho-so/{dossier}"))
        .await
        .says("Thiếu giấy khi mở túi")
        .says("Tay cuối cùng: Dương Thị Mai");
    let chain = tiep.get(&format!("/tui-thu/ho-so/{dossier}")).await;
    for line in [
        "Lục Thị Sen",
        "Hoàng Văn Tiếp",
        "Thiếu khi đối chiếu",
        "Thấy thừa trong túi khác",
        note,
    ] {
        chain.says(line);
    }
    let found = [("paper", two.as_str()), ("note", "rơi trong ngăn kéo")];
    does(&tiep, &bag, "tim-thay", &found).await;
    tiep.get(&format!("/ban/ho-so/{dossier}"))
        .await
        .does_not_say("Thiếu giấy khi mở túi");
}

#[tokio::test]
async fn what_is_scanned_wrongly_is_said_and_changes_nothing() {
    let app = TestApp::start().await;
    let tiep = app.sign_in("motcua.sangmoc").await;
    let dossier = tiep.file_at_counter().await;
    let one = label(&tiep, &dossier, "Bản gốc căn cước").await;
    let (bag, other) = (open(&tiep, "24.00").await, open(&tiep, "24.00").await);
    scan(&tiep, &bag, &one).await.says("đã vào túi");
    let again = scan(&tiep, &bag, &one.to_lowercase().replace('-', " ")).await;
    assert_eq!(again.status, StatusCode::OK);
    again.says("đã quét rồi, không đổi gì").says("(1)");
    let misread = format!("{}{}", &one[..one.len() - 1], (one.as_bytes()[one.len() - 1] - b'0' + 1) % 10);
    for (typed, said) in [
        ("", "Chưa quét được gì"),
        ("https://example.vn/?q=<script>", "Đây không phải mã giấy"),
        (bag.as_str(), "Đây không phải mã giấy"),
        (misread.as_str(), "đọc sai một ký tự"),
    ] {
        refused(&tiep, &bag, "quet", &[("scan", typed)]).await.says(said);
    }
    refused(&tiep, &other, "quet", &[("scan", &one)])
        .await
        .says(&format!("đang ở túi {bag}"));
    refused(&tiep, &other, "niem-phong", &SEAL).await.says("Túi chưa có giấy nào");
    refused(&tiep, &bag, "niem-phong", &[("seal", "NP-1"), ("weight", "nặng")])
        .await
        .says("số gam")
        .says("value=\"NP-1\"");
    // Taken out of the first bag it goes into the other.
    does(&tiep, &bag, "bo", &[("paper", &one)]).await;
    scan(&tiep, &other, &one).await.says("đã vào túi");
    let far = tiep.post("/tui-thu", &[("to", "24.00"), ("date", "31/2/2020")]).await;
    assert_eq!(far.status, StatusCode::UNPROCESSABLE_ENTITY);
    far.says("value=\"31/2/2020\"");
    let past = tiep.post("/tui-thu", &[("to", "24.00"), ("date", "29/3/2020")]).await;
    past.says("ngày còn ở phía trước");
    let number = tiep.get("/tui-thu?so=000.24.12.H55-200330-0001").await;
    assert_eq!(number.status, StatusCode::UNPROCESSABLE_ENTITY);
    number.says("Đây không phải số túi");
    let found = tiep.get(&format!("/tui-thu?so={}", bag.replace('-', ""))).await;
    assert_eq!(found.location, format!("/tui-thu/{bag}"));
}

#[tokio::test]
async fn a_driver_signs_the_printed_list_and_a_broken_seal_is_seen_at_the_next_hand() {
    let app = TestApp::start().await;
    let tiep = app.sign_in("motcua.sangmoc").await;
    let dossier = tiep.file_at_counter().await;
    let one = label(&tiep, &dossier, "Bản gốc căn cước").await;
    let bag = open(&tiep, "24.00").await;
    scan(&tiep, &bag, &one).await;
    does(&tiep, &bag, "niem-phong", &SEAL).await;
    let list = tiep.get(&format!("/tui-thu/{bag}/danh-sach")).await;
    let code = list.between("<dt>Mã danh sách</dt><dd><strong>", "<").to_owned();
    let driver = |code| [("name", "Ma Văn Tài"), ("list_code", code)];
    refused(&tiep, &bag, "giao-giay", &driver("12345"))
        .await
        .says("Mã danh sách không đúng")
        .says("value=\"Ma Văn Tài\"");
    does(&tiep, &bag, "giao-giay", &driver(&code)).await;
    let mai = app.sign_in("motcua.vonhai").await;
    mai.get(&format!("/tui-thu/{bag}")).await.says("Ma Văn Tài");
    // The number of the bag is not enough: the code stands on the driver's list, which only who gave it prints again.
    let list = format!("/tui-thu/{bag}/danh-sach");
    tiep.get(&list).await.says("Ma Văn Tài").says(&code);
    mai.get(&list).await.says("Ma Văn Tài").does_not_say("Mã danh sách");
    let chain = format!("/tui-thu/ho-so/{dossier}");
    tiep.get(&chain).await.says("Ma Văn Tài").does_not_say(&code);
    for wrong in ["", "12345"] {
        refused(&mai, &bag, "nhan-lai", &[("seal", "0"), ("list_code", wrong)])
            .await
            .says("Mã danh sách không đúng. Gõ mã sáu số");
    }
    does(&mai, &bag, "nhan-lai", &[("seal", "0"), ("list_code", &code)]).await;
    tiep.get(&chain).await.says(&code);
    mai.get(&format!("/tui-thu/{bag}"))
        .await
        .says("có người mở túi trên đường")
        .says("trước đó túi ở tay Ma Văn Tài");
    let alarm = "Niêm phong khác lúc đóng";
    tiep.get(&format!("/ban/ho-so/{dossier}"))
        .await
        .says(alarm)
        .says("Tay cuối cùng: Ma Văn Tài");
    does(&mai, &bag, "mo", &[("seal", "0"), ("weight", "420")]).await;
    scan(&mai, &bag, &one).await.says("đã thấy");
    refused(&mai, &bag, "doi-chieu", &[]).await;
    let note = "Dây niêm phong đứt khi xe xóc, giấy đủ.";
    does(&mai, &bag, "doi-chieu", &[("note", note)]).await;
    // It was looked into: the dossier is not alarmed any more, the chain says what happened.
    tiep.get(&format!("/ban/ho-so/{dossier}")).await.does_not_say(alarm);
    tiep.get(&format!("/tui-thu/ho-so/{dossier}"))
        .await
        .says("Nhận túi, niêm phong khác lúc đóng")
        .says(note);
}

#[tokio::test]
async fn a_bag_of_two_hundred_papers_stays_a_small_page() {
    let app = TestApp::start().await;
    let tiep = app.sign_in("motcua.sangmoc").await;
    let dossier = tiep.file_at_counter().await;
    let bag = open(&tiep, "24.00").await;
    let id = motcua_model::id::DossierId(dossier.parse().unwrap());
    let SignIn::Open { token } = app.office.sign_in("motcua.sangmoc", PASSWORD).await.unwrap() else {
        panic!("not verified")
    };
    let actor = app.office.session(&token).await.unwrap().unwrap().actor();
    let mut last = None;
    for _ in 0..200 {
        let paper = app.office.label_paper(&actor, id, "Kết quả").await.unwrap();
        let scanned = scan(&tiep, &bag, paper.code.as_str()).await;
        assert_eq!(scanned.status, StatusCode::OK);
        last = Some(scanned);
    }
    let page = last.unwrap();
    page.says("(200)");
    assert!(page.body.len() <= 60_000, "{} bytes", page.body.len());
    // A postal clerk reads no whole name of a person, and not the dossier of an agency that is not hers.
    let sen = app.sign_in("buudien.vonhai").await;
    let chain = sen.get(&format!("/tui-thu/ho-so/{dossier}")).await;
    assert_eq!(chain.status, StatusCode::NOT_FOUND);
}
