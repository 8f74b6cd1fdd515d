//! Plain phones: asking by SMS with the PIN of the slip, and the page of who answers callers.

use crate::app::{BANK_SECRET, TestApp};
use axum::body::Body;
use axum::http::StatusCode;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const OWN: &str = "0912345678";
const STRANGE: &str = "0987654321";

fn signed(body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(BANK_SECRET.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// Code and PIN of a slip, as they are sent by SMS.
async fn slip(app: &TestApp) -> String {
    let clerk = app.sign_in("buudien.vonhai").await;
    let id = clerk.file_marital(&clerk.agree_at_post().await).await;
    let slip = clerk.post(&format!("/buu-dien/ho-so/{id}/phieu"), &[]).await;
    slip.between("soạn “", "”").to_owned()
}

async fn ask(app: &TestApp, from: &str, text: &str) -> String {
    let answer = app.visitor().post("/demo/tin-nhan", &[("from", from), ("text", text)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.between("role=\"status\"><p>", "</p>").to_owned()
}

#[tokio::test]
async fn the_state_is_told_to_the_phone_in_the_form_and_others_get_the_answer_of_a_code_that_is_not() {
    let app = TestApp::start().await;
    let sms = slip(&app).await;
    let told = ask(&app, OWN, &sms).await;
    assert!(
        told.contains("HS 000.24.12.H55-200330-0001") && told.contains("Trả lời tiếp nhận trước"),
        "{told}"
    );
    assert!(!told.contains("Hoa") && !told.contains("019185001234"), "{told}");
    let stranger = ask(&app, STRANGE, &sms).await;
    let nothing = ask(&app, STRANGE, "HS 000.24.12.H55-200330-9999 123456").await;
    assert_eq!(stranger, nothing);
    assert!(ask(&app, OWN, "alo").await.contains("Soạn: HS"));
}

#[tokio::test]
async fn a_pin_tried_wrongly_five_times_rests_until_a_new_one_is_printed() {
    let app = TestApp::start().await;
    let sms = slip(&app).await;
    let code = sms.rsplit_once(' ').unwrap().0.to_owned();
    let wrong = if sms.ends_with("000000") { "000001" } else { "000000" };
    for _ in 0..4 {
        assert!(ask(&app, OWN, &format!("{code} {wrong}")).await.contains("không khớp"));
    }
    // A stranger's tries are not counted.
    ask(&app, STRANGE, &format!("{code} {wrong}")).await;
    assert!(ask(&app, OWN, &format!("{code} {wrong}")).await.contains("tạm khóa"));
    assert!(
        ask(&app, OWN, &sms).await.contains("tạm khóa"),
        "the right one comes too late"
    );
    app.clock.set("2020-03-31T09:30:00+07:00".parse().unwrap());
    assert!(ask(&app, OWN, &sms).await.contains("HS 000.24.12"));
}

#[tokio::test]
async fn the_relay_signs_what_it_tells() {
    let app = TestApp::start().await;
    slip(&app).await;
    let body = format!("{{\"from\":\"{OWN}\",\"text\":\"alo\"}}");
    let path = "/cong/tin-nhan";
    let tell = async |signature: &str, body: &str| app.bank_post(path, signature, Body::from(body.to_owned())).await;
    assert_eq!(tell(&signed(&body), &body).await, StatusCode::OK);
    assert_eq!(tell(&signed("other"), &body).await, StatusCode::FORBIDDEN);
    assert_eq!(tell("", &body).await, StatusCode::FORBIDDEN);
    assert_eq!(tell(&signed("{}"), "{}").await, StatusCode::UNPROCESSABLE_ENTITY);
    let short = "{\"from\":\"8188\",\"text\":\"alo\"}";
    assert_eq!(
        tell(&signed(short), short).await,
        StatusCode::OK,
        "a short number is not answered"
    );
}

#[tokio::test]
async fn who_answers_a_caller_asks_two_facts_and_sees_no_name() {
    let app = TestApp::start().await;
    let sms = slip(&app).await;
    let code = sms.split(' ').nth(1).unwrap();
    let operator = app.sign_in("motcua.gtvt").await;
    operator.get("/tong-dai").await.says("hai điều");
    let told = operator.post("/tong-dai", &[("code", code), ("fact", "30/03/1985")]).await;
    told.says("Hiện nay:").says(code).does_not_say("Nông Thị Hoa");
    for _ in 0..10 {
        let wrong = operator.post("/tong-dai", &[("code", code), ("fact", "0000")]).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    }
    let locked = operator.post("/tong-dai", &[("code", code), ("fact", "5678")]).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
    let citizen = app.sign_in("0912345678").await;
    assert_eq!(citizen.get("/tong-dai").await.status, StatusCode::FORBIDDEN);
}
