//! SMS over real HTTP.

use crate::peer;
use motcua_gateways::sms::Sms;

async fn send_to(status: &'static str) -> (Result<(), motcua_gateways::GatewayError>, String) {
    let (address, serving) = peer::http(status).await;
    let sms = Sms::Http {
        url: format!("http://{address}/sms"),
        token: "relay-token".to_owned(),
    };
    let at = "2020-03-30T09:00:00+07".parse().unwrap();
    let sent = sms.send("+84912345678", "Mã xác nhận: 123456", at).await;
    (sent, serving.await.unwrap())
}

#[tokio::test]
async fn an_sms_is_posted_with_the_token() {
    let (sent, request) = send_to("200 OK").await;
    sent.unwrap();
    assert!(request.starts_with("POST /sms "), "{request}");
    assert!(
        request.to_ascii_lowercase().contains("authorization: bearer relay-token"),
        "{request}"
    );
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({ "to": "+84912345678", "text": "Mã xác nhận: 123456" })
    );
}

#[tokio::test]
async fn a_busy_relay_is_tried_again_and_a_refusal_is_not() {
    assert!(send_to("503 Service Unavailable").await.0.unwrap_err().temporary);
    assert!(send_to("429 Too Many Requests").await.0.unwrap_err().temporary);
    assert!(!send_to("401 Unauthorized").await.0.unwrap_err().temporary);
    assert!(!send_to("302 Found").await.0.unwrap_err().temporary);
}
