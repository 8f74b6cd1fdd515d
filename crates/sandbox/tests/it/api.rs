//! `querydr` and `refund`. The checksum of the first request was computed by another implementation.

use crate::town::{SECRET, TMN_CODE, Town};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha512;

fn checksum(values: &[&str]) -> String {
    let mut mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(values.join("|").as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

async fn ask(town: &Town, request: &Value) -> Value {
    let path = "/merchant_webapi/api/transaction";
    let answer = town.send(path, Some(("application/json", request.to_string()))).await;
    serde_json::from_str(&answer.body).unwrap()
}

fn query(id: &str, txn_ref: &str) -> Value {
    let (created, ip, info) = ("20200330090000", "127.0.0.1", "Hoi");
    let values = [id, "2.1.0", "querydr", TMN_CODE, txn_ref, created, created, ip, info];
    json!({
        "vnp_RequestId": id, "vnp_Version": "2.1.0", "vnp_Command": "querydr", "vnp_TmnCode": TMN_CODE,
        "vnp_TxnRef": txn_ref, "vnp_TransactionDate": created, "vnp_CreateDate": created, "vnp_IpAddr": ip,
        "vnp_OrderInfo": info, "vnp_SecureHash": checksum(&values),
    })
}

fn refund(id: &str, kind: &str, amount: &str) -> Value {
    let (created, ip, info, by) = ("20200330090000", "127.0.0.1", "Hoan phi", "ke-toan");
    let values = [
        id, "2.1.0", "refund", TMN_CODE, kind, "REF1", amount, "", created, by, created, ip, info,
    ];
    json!({
        "vnp_RequestId": id, "vnp_Version": "2.1.0", "vnp_Command": "refund", "vnp_TmnCode": TMN_CODE,
        "vnp_TransactionType": kind, "vnp_TxnRef": "REF1", "vnp_Amount": amount, "vnp_TransactionNo": "",
        "vnp_TransactionDate": created, "vnp_CreateBy": by, "vnp_CreateDate": created, "vnp_IpAddr": ip,
        "vnp_OrderInfo": info, "vnp_SecureHash": checksum(&values),
    })
}

#[tokio::test]
async fn a_payment_is_asked_about_and_the_answer_is_signed() {
    let town = Town::start(0).await;
    let paid = town.decide("REF1", "00").await;
    let request = query("Q1", "REF1");
    assert_eq!(request["vnp_SecureHash"], include_str!("querydr.hmac").trim());
    let said = ask(&town, &request).await;
    assert_eq!(said["vnp_ResponseCode"], "00");
    assert_eq!(said["vnp_TransactionStatus"], "00");
    assert_eq!(said["vnp_Amount"], "13500000");
    assert_eq!(said["vnp_TransactionNo"], paid.transaction_no);
    let get = |name: &str| said[name].as_str().unwrap_or("").to_owned();
    let signed = [
        "ResponseId",
        "Command",
        "ResponseCode",
        "Message",
        "TmnCode",
        "TxnRef",
        "Amount",
        "BankCode",
        "PayDate",
        "TransactionNo",
        "TransactionType",
        "TransactionStatus",
        "OrderInfo",
        "PromotionCode",
        "PromotionAmount",
    ];
    let values: Vec<String> = signed.iter().map(|n| get(&format!("vnp_{n}"))).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    assert_eq!(get("vnp_SecureHash"), checksum(&values));
}

#[tokio::test]
async fn an_unknown_payment_a_repeated_and_a_forged_question_are_refused() {
    let town = Town::start(0).await;
    assert_eq!(ask(&town, &query("Q1", "REF9")).await["vnp_ResponseCode"], "91");
    assert_eq!(ask(&town, &query("Q1", "REF9")).await["vnp_ResponseCode"], "94");
    let mut forged = query("Q2", "REF9");
    forged["vnp_TxnRef"] = json!("REF1");
    assert_eq!(ask(&town, &forged).await["vnp_ResponseCode"], "97");
    forged["vnp_TmnCode"] = json!("OTHER001");
    assert_eq!(ask(&town, &forged).await["vnp_ResponseCode"], "02");
    assert_eq!(ask(&town, &json!([1])).await["vnp_ResponseCode"], "03");
}

#[tokio::test]
async fn money_goes_back_in_parts_but_never_more_than_was_paid() {
    let town = Town::start(0).await;
    town.decide("REF1", "00").await;
    let first = ask(&town, &refund("R1", "03", "10000000")).await;
    assert_eq!(
        (first["vnp_ResponseCode"].as_str(), first["vnp_TransactionStatus"].as_str()),
        (Some("00"), Some("05"))
    );
    assert_eq!(ask(&town, &refund("R2", "03", "3500001")).await["vnp_ResponseCode"], "99");
    assert_eq!(ask(&town, &refund("R3", "02", "13500000")).await["vnp_ResponseCode"], "99");
    assert_eq!(ask(&town, &refund("R4", "03", "3500000")).await["vnp_ResponseCode"], "00");
    assert_eq!(ask(&town, &refund("R5", "03", "1")).await["vnp_ResponseCode"], "99");
}

#[tokio::test]
async fn what_was_not_paid_is_not_given_back() {
    let town = Town::start(0).await;
    town.decide("REF1", "24").await;
    assert_eq!(ask(&town, &refund("R1", "02", "13500000")).await["vnp_ResponseCode"], "95");
}
