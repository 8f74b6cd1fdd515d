//! A citizen's story: from the search box to the result in her hands.

use crate::app::{MARITAL, Person, TestApp};
use axum::http::StatusCode;
use hmac::{Hmac, KeyInit, Mac};
use motcua_gateways::payment::vnpay::{Settings, Vnpay};
use motcua_office::demo::PASSWORD;
use sha2::Sha512;

const SECRET: &str = "secret-of-the-test";

fn vnpay() -> Vnpay {
    Vnpay::new(Settings {
        tmn_code: "MOTCUA01".to_owned(),
        secret: SECRET.to_owned(),
        pay_url: "http://127.0.0.1:8081/vpcpay.html".to_owned(),
        return_url: "http://127.0.0.1:8080/thanh-toan/ket-qua".to_owned(),
    })
}

/// What the gateway says of an order: parameters in the order of their names, signed.
fn said(txn_ref: &str, amount: u64, code: &str, secret: &str) -> String {
    let query = format!(
        "vnp_Amount={}&vnp_BankCode=NCB&vnp_OrderInfo=x&vnp_PayDate=20200330090312&vnp_ResponseCode={code}&vnp_TmnCode=MOTCUA01\
         &vnp_TransactionNo=14422574&vnp_TransactionStatus={code}&vnp_TxnRef={txn_ref}",
        amount * 100
    );
    let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(query.as_bytes());
    format!("{query}&vnp_SecureHash={}", hex::encode(mac.finalize().into_bytes()))
}

/// The latest one-time code that was sent to somebody.
async fn code_sent_to(app: &TestApp, to: &str) -> String {
    app.office.run_due_jobs().await.unwrap();
    let sent = app.office.demo_inbox().unwrap().latest();
    let message = sent
        .iter()
        .find(|m| m.to == to)
        .unwrap_or_else(|| panic!("nothing for {to} in {sent:?}"));
    let digits = |w: &&str| w.len() == 6 && w.bytes().all(|b| b.is_ascii_digit());
    let words = message.text.split(|c: char| !c.is_alphanumeric());
    words
        .clone()
        .find(digits)
        .unwrap_or_else(|| panic!("no code in {message:?}"))
        .to_owned()
}

async fn begin<'a>(app: &'a TestApp) -> (Person<'a>, String) {
    let hoa = app.sign_in("0912345678").await;
    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    (hoa, begun.location)
}

#[tokio::test]
async fn a_citizen_finds_a_service_signs_up_files_pays_is_served_and_downloads_the_result() {
    let app = TestApp::start_with(Some(vnpay())).await;
    let stranger = app.visitor();
    stranger.get("/").await.says("/thu-tuc/1.004873");
    stranger.get("/thu-tuc?q=giay%20doc%20than").await.says("/thu-tuc/1.004873");
    let sheet = stranger.get(&format!("/thu-tuc/{MARITAL}")).await;
    sheet.says("3 ngày làm việc").says("15.000 đồng").says("Luật Hộ tịch 2014");
    let asked = stranger.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    assert_eq!(asked.location, "/dang-nhap?tiep=%2Fthu%2Dtuc%2F1%2E004873");

    let typed = [
        ("name", "Ma Văn Bình"),
        ("login", "binh@example.vn"),
        ("password", "con trâu trắng"),
        ("tiep", "/thu-tuc/1.004873"),
    ];
    let signed_up = stranger.post("/dang-ky", &typed).await;
    assert_eq!(signed_up.status, StatusCode::SEE_OTHER, "{}", signed_up.body);
    stranger.get(&signed_up.location).await.says("binh@example.vn");
    let code = code_sent_to(&app, "binh@example.vn").await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let form = |code| [("login", "binh@example.vn"), ("code", code), ("tiep", "/thu-tuc/1.004873")];
    let refused = stranger.post("/xac-nhan", &form(wrong)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let confirmed = stranger.post("/xac-nhan", &form(&code)).await;
    assert_eq!(confirmed.location, "/thu-tuc/1.004873");
    assert!(confirmed.cookie.contains("HttpOnly; SameSite=Lax"), "{}", confirmed.cookie);
    let binh = stranger.with_session_of(&confirmed);

    let begun = binh.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    binh.get(&begun.location)
        .await
        .says("Ma Văn Bình")
        .says("name=\"so_dinh_danh\"");
    let draft = binh.fill_marital(&begun.location).await;
    binh.get("/ho-so").await.says(&draft);
    let review = binh.get(&format!("{draft}/kiem-tra")).await;
    review
        .says("Nông Thị Hoa")
        .says("15.000 đồng")
        .says("Sảng Mộc")
        .says("the.jpg");
    let undeclared = binh.post(&format!("{draft}/kiem-tra"), &[("return_way", "online")]).await;
    assert_eq!(undeclared.status, StatusCode::UNPROCESSABLE_ENTITY);
    undeclared.says("href=\"#declared\"");
    let form = [("return_way", "online"), ("declared", "on")];
    let sent = binh.post(&format!("{draft}/kiem-tra"), &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let again = binh.post(&format!("{draft}/kiem-tra"), &form).await;
    assert_eq!((again.status, &again.location), (StatusCode::SEE_OTHER, &sent.location));
    let page = sent.location;
    let id = page.rsplit('/').next().unwrap().to_owned();

    let filed = binh.get(&page).await;
    filed.says("000.24.12.H55-200330-0001").says("15.000 đồng");
    assert_eq!(binh.get("/ho-so").await.body.matches("000.24.12.H55-").count(), 1);
    assert!(binh.get(&format!("{page}/in/giay-hen.pdf")).await.body.starts_with("%PDF-"));
    assert!(binh.get(&format!("{page}/in/to-khai.pdf")).await.body.starts_with("%PDF-"));

    let to_gateway = binh.post(&format!("{page}/thanh-toan"), &[]).await;
    assert!(
        to_gateway.location.starts_with("http://127.0.0.1:8081/vpcpay.html?"),
        "{}",
        to_gateway.location
    );
    let txn_ref = to_gateway
        .location
        .split("vnp_TxnRef=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned();
    let paid = said(&txn_ref, 15_000, "00", SECRET);
    // The browser may be back before the gateway has told: nothing is booked by what the browser brings.
    binh.get(&format!("/thanh-toan/ket-qua?{paid}"))
        .await
        .says("http-equiv=\"refresh\"");
    let notified = async |query: String| stranger.get(&format!("/thanh-toan/vnpay-ipn?{query}")).await;
    notified(said(&txn_ref, 15_000, "00", "guessed")).await.says("\"97\"");
    notified(said(&txn_ref, 1, "00", SECRET)).await.says("\"04\"");
    notified(paid.clone()).await.says("\"00\"");
    notified(paid.clone()).await.says("\"02\"");
    binh.get(&format!("/thanh-toan/ket-qua?{paid}"))
        .await
        .does_not_say("http-equiv=\"refresh\"");
    binh.get(&page)
        .await
        .says("bien-lai.pdf")
        .does_not_say(&format!("{page}/thanh-toan"));

    for (login, action, typed) in [
        ("motcua.sangmoc", "tiep-nhan", &[][..]),
        ("motcua.sangmoc", "chuyen", &[]),
        (
            "chuyenvien.sangmoc",
            "xu-ly",
            &[("outcome", "granted"), ("text", "Chưa đăng ký kết hôn với ai")],
        ),
        ("lanhdao.sangmoc", "duyet", &[]),
        ("motcua.sangmoc", "tra-ket-qua", &[("way", "online")]),
    ] {
        let done = app.sign_in(login).await.act(&id, action, typed).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{action}: {}", done.body);
    }
    app.office.run_due_jobs().await.unwrap();
    binh.get(&page).await.says("ket-qua.pdf");
    let result = binh.get(&format!("{page}/in/ket-qua.pdf")).await;
    assert!(result.status.is_success() && result.body.starts_with("%PDF-"));

    let other = app.sign_in("0912345678").await;
    for path in ["", "/in/ket-qua.pdf", "/in/giay-hen.pdf", "/bo-sung"] {
        let theirs = other.get(&format!("{page}{path}")).await;
        let unknown = other.get(&format!("/ho-so/0190d6a1-0000-7000-8000-000000000000{path}")).await;
        assert_eq!(
            (theirs.status, unknown.status),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
            "{path}"
        );
        assert_eq!(theirs.between("<main", "</main>"), unknown.between("<main", "</main>"));
    }
}

#[tokio::test]
async fn a_request_is_tracked_by_its_code_and_a_second_fact_and_four_digits_cannot_be_guessed() {
    let app = TestApp::start().await;
    let (hoa, first) = begin(&app).await;
    hoa.file_marital(&first).await;
    let code = "000.24.12.H55-200330-0001";
    let stranger = app.visitor();
    let ask = async |code: &str, fact: &str| stranger.post("/tra-cuu", &[("code", code), ("fact", fact)]).await;
    for fact in ["5678", "30/03/1985"] {
        let found = ask(code, fact).await;
        assert_eq!(found.status, StatusCode::OK);
        found
            .says("xã Sảng Mộc")
            .does_not_say("Nông Thị Hoa")
            .does_not_say("019185001234");
    }
    ask("24.12.h55-200330-0001", "5678").await.says(code);
    stranger
        .get(&format!("/kiem-tra/{code}"))
        .await
        .says(code)
        .does_not_say("Nông Thị Hoa");
    let unknown = ask("000.24.12.H55-200330-9999", "5678").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    for _ in 0..10 {
        assert_eq!(ask(code, "0000").await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(ask(code, "5678").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_citizen_answers_a_supplement_request_or_takes_her_request_back() {
    let app = TestApp::start().await;
    let (hoa, first) = begin(&app).await;
    let id = hoa.file_marital(&first).await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let lacks = [("thieu.cccd", "Ảnh mờ"), ("thieu.dan_toc", "Ghi như trong khai sinh")];
    receptionist.act(&id, "bo-sung", &lacks).await;
    let answer = format!("/ho-so/{id}/bo-sung");
    hoa.get(&format!("/ho-so/{id}")).await.says(&answer);
    hoa.get(&answer).await.says("Ảnh mờ").says("name=\"dan_toc\"");
    let part = hoa.upload(&answer, "cccd", "mới.png", b"\x89PNG\r\n\x1a\nnew").await;
    assert_eq!(part.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", part.body);

    // The session ended while she looked for her papers: what she typed comes with her.
    let ended = app
        .visitor()
        .upload_with(&answer, ("dan_toc", "Dao"), "cccd", "mới.png", b"\x89PNG\r\n\x1a\nnew")
        .await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    ended.says("name=\"giu.dan_toc\" value=\"Dao\"");
    let form = [
        ("login", "0912345678"),
        ("password", PASSWORD),
        ("tiep", answer.as_str()),
        ("giu.dan_toc", "Dao"),
    ];
    let back = app.visitor().post("/dang-nhap", &form).await;
    back.says("value=\"Dao\"");
    let hoa = hoa.with_session_of(&back);
    let whole = hoa
        .upload_with(&answer, ("dan_toc", "Dao"), "cccd", "mới.png", b"\x89PNG\r\n\x1a\nnew")
        .await;
    assert_eq!(whole.status, StatusCode::SEE_OTHER, "{}", whole.body);
    hoa.get(&whole.location).await.says("<dd>Dao</dd>").does_not_say(&answer);

    let begun = hoa.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let second = hoa.file_marital(&begun.location).await;
    let back = hoa
        .post(&format!("/ho-so/{second}/rut"), &[("reason", "Không cần nữa")])
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let twice = hoa
        .post(&format!("/ho-so/{second}/rut"), &[("reason", "Không cần nữa")])
        .await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
}
