//! Paying by transfer, and the accountants' door.

use crate::app::{BANK_SECRET, MARITAL, Person, TestApp};
use axum::body::Body;
use axum::http::StatusCode;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Files online and answers the dossier's identifier with the reference of its transfer.
async fn filed(citizen: &Person<'_>) -> (String, String) {
    let begun = citizen.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let id = citizen.file_marital(&begun.location).await;
    let page = citizen.get(&format!("/ho-so/{id}/thanh-toan")).await;
    page.says("Chuyển khoản bằng mã QR").says("0011009999999").says("15.000 đồng");
    let reference = page.between("vietqr-", ".png").to_owned();
    (id, reference)
}

async fn notice(app: &TestApp, number: &str, amount: u64, content: &str, secret: &str) -> StatusCode {
    let body = format!(
        r#"{{"transaction":"{number}","account":"0011009999999","amount":{amount},"content":"{content}","at":"2020-03-30T02:05:00Z"}}"#
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect();
    app.bank_post("/thanh-toan/ngan-hang", &signature, Body::from(body)).await
}

#[tokio::test]
async fn a_transfer_with_the_reference_pays_and_a_second_one_goes_back() {
    let app = TestApp::start().await;
    let citizen = app.sign_in("0912345678").await;
    let (id, reference) = filed(&citizen).await;
    let picture = citizen.get(&format!("/ho-so/{id}/ma-qr.png")).await;
    assert_eq!(picture.status, StatusCode::OK);
    assert_eq!(
        notice(&app, "FT1", 15_000, &reference, "another secret").await,
        StatusCode::FORBIDDEN
    );
    citizen.get(&format!("/ho-so/{id}/thanh-toan")).await.says("Còn phải nộp");
    assert_eq!(notice(&app, "FT1", 15_000, &reference, BANK_SECRET).await, StatusCode::OK);
    assert_eq!(notice(&app, "FT1", 15_000, &reference, BANK_SECRET).await, StatusCode::OK);
    citizen
        .get(&format!("/ho-so/{id}/thanh-toan"))
        .await
        .says("Đã nhận đủ tiền")
        .does_not_say("ma-qr.png");
    assert_eq!(notice(&app, "FT2", 15_000, &reference, BANK_SECRET).await, StatusCode::OK);
    citizen
        .get(&format!("/ho-so/{id}"))
        .await
        .says("BL-24.12-2020-000001")
        .says("Trả hai lần")
        .does_not_say("000002");
    // Nobody else sees how she pays.
    let clerk = app.sign_in("motcua.vonhai").await;
    assert_eq!(
        clerk.get(&format!("/ho-so/{id}/ma-qr.png")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_refund_goes_through_two_people_and_is_paid_in_cash() {
    let app = TestApp::start().await;
    let citizen = app.sign_in("0912345678").await;
    let (id, reference) = filed(&citizen).await;
    notice(&app, "FT1", 15_000, &reference, BANK_SECRET).await;
    let accountant = app.sign_in("ketoan.sangmoc").await;
    let page = format!("/ke-toan/ho-so/{id}");
    accountant
        .get(&page)
        .await
        .says("15.000 đồng")
        .says("FT1")
        .does_not_say("Nông Thị Hoa")
        .does_not_say("019185001234");
    let propose = |amount: &'static str, why: &'static str| [("reference", "FT1"), ("amount", amount), ("reason", why)];
    let unread = accountant
        .post(&format!("{page}/de-nghi"), &propose("mười", "Thu nhầm."))
        .await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    unread.says("15000").says("value=\"mười\"").says("Thu nhầm.");
    let too_much = accountant
        .post(&format!("{page}/de-nghi"), &propose("15.001", "Thu nhầm."))
        .await;
    too_much.says("nhiều nhất 15.000 đồng");
    let silent = accountant.post(&format!("{page}/de-nghi"), &propose("15.000", "")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let proposed = accountant
        .post(&format!("{page}/de-nghi"), &propose("15.000", "Thu nhầm."))
        .await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
    accountant.get(&page).await.does_not_say("/duyet\"");
    let alone = accountant.post(&format!("{page}/duyet"), &[("number", "1")]).await;
    alone.says("cần một người khác");
    let leader = app.sign_in("lanhdao.sangmoc").await;
    leader.get("/ke-toan/hoan-tien").await.says("Chờ duyệt");
    let approved = leader.post(&format!("{page}/duyet"), &[("number", "1")]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
    let untaken = accountant
        .post(
            &format!("{page}/da-tra"),
            &[("number", "1"), ("way", "cash"), ("reference", "")],
        )
        .await;
    assert_eq!(untaken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let paid = accountant
        .post(
            &format!("{page}/da-tra"),
            &[("number", "1"), ("way", "cash"), ("reference", "Nông Thị Hoa, 1234")],
        )
        .await;
    assert_eq!(paid.status, StatusCode::SEE_OTHER, "{}", paid.body);
    accountant.get("/ke-toan/hoan-tien?xong=1").await.says("Đã trả");
    accountant
        .get("/ke-toan")
        .await
        .says("Tổng Nợ bằng tổng Có.")
        .says("Phải trả lại");
    accountant.get("/ke-toan/so").await.says("Đã trả lại tiền").says("FT1");
    accountant.get("/ke-toan/bao-cao.csv").await.says("income:charge:");
    let other = app.sign_in("ketoan.vonhai").await;
    assert_eq!(other.get(&page).await.status, StatusCode::NOT_FOUND);
}

const STATEMENT: &str = "Ngày giao dịch,Số giao dịch,Ghi có,Ghi nợ,Nội dung\r\n";

#[tokio::test]
async fn a_statement_is_matched_its_differences_closed_and_the_same_file_changes_nothing() {
    let app = TestApp::start().await;
    let citizen = app.sign_in("0912345678").await;
    let (_, first) = filed(&citizen).await;
    let (id, second) = filed(&citizen).await;
    notice(&app, "FT1", 15_000, &first, BANK_SECRET).await;
    let tinh = app.sign_in("ketoan.tinh").await;
    let own = app.sign_in("ketoan.sangmoc").await;
    assert_eq!(own.get("/ke-toan/doi-soat").await.status, StatusCode::FORBIDDEN);
    let file = format!(
        "{STATEMENT}2020-03-30T02:05:00Z,FT1,15000,0,{first}\r\n2020-03-30T02:06:00Z,FT9,15000,0,{second} CT\r\n\
         2020-03-30T02:06:00Z,FT9,15000,0,{second} CT\r\n"
    );
    let send = |bytes: Vec<u8>| {
        let tinh = &tinh;
        async move {
            tinh.upload_with("/ke-toan/doi-soat", ("layout", "bank"), "file", "saoke.csv", &bytes)
                .await
        }
    };
    let broken = send(file.replace("15000,0", "15k,0").into_bytes()).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    broken.says("Dòng 2").says("15k").says("chưa nhận dòng nào");
    let mut bytes = file.clone().into_bytes();
    bytes.extend([0xe1, 0xba]);
    send(bytes).await.says("UTF-8").says("Dòng 5");
    send(Vec::new()).await.says("Chọn một tệp CSV");
    let taken = send(file.clone().into_bytes()).await;
    assert_eq!(taken.location, "/ke-toan/doi-soat", "{}", taken.body);
    tinh.get("/ke-toan/doi-soat").await.says("Đã so 0 trong 3 dòng");
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    let page = tinh.get("/ke-toan/doi-soat").await;
    page.says("1 dòng khớp, 2 chỗ lệch")
        .says("Trùng số giao dịch")
        .says("sổ không có");
    send(file.into_bytes()).await;
    tinh.get("/ke-toan/doi-soat?truoc=1").await.says("không có gì thay đổi");
    let code = citizen.get(&format!("/ho-so/{id}")).await;
    let code = code.between("<strong>", "</strong>").to_owned();
    let statement = page.between("name=\"statement\" value=\"", "\"").to_owned();
    let close = |number: &'static str, reason: &'static str| {
        let form = [
            ("statement", statement.clone()),
            ("number", number.to_owned()),
            ("remedy", "book".to_owned()),
            ("code", code.clone()),
            ("reason", reason.to_owned()),
        ];
        let tinh = &tinh;
        async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            tinh.post("/ke-toan/doi-soat/dong", &form).await
        }
    };
    assert_eq!(close("3", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let booked = close("3", "Ngân hàng không báo.").await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
    assert_eq!(close("3", "Lần nữa.").await.status, StatusCode::CONFLICT);
    citizen.get(&format!("/ho-so/{id}")).await.says("BL-24.12-2020-000002");
    tinh.get("/ke-toan/doi-soat?xong=1").await.says("Ngân hàng không báo.");
}
