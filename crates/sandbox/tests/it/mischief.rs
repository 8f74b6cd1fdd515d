//! Notifications as they come in real life, and worse.

use crate::town::{AMOUNT, Town};
use motcua_gateways::payment::vnpay::{Reason, VnpayError};

fn code(answer: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(answer).unwrap();
    json["RspCode"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_payment_is_notified_before_the_browser_comes_back() {
    let mut town = Town::start(0).await;
    let returned = town.decide("REF1", "00").await;
    let heard = town.heard.try_recv().unwrap();
    assert_eq!(heard.read.unwrap(), returned);
    assert_eq!(code(&heard.answer), "00");
    assert_eq!(
        (returned.txn_ref.as_str(), returned.amount_vnd, returned.paid),
        ("REF1", AMOUNT, true)
    );
    assert!(town.heard.try_recv().is_err(), "a confirmed notification is not sent again");
}

#[tokio::test]
async fn a_payment_that_failed_comes_with_its_reason() {
    let mut town = Town::start(0).await;
    for (chosen, reason) in [
        ("24", Reason::Cancelled),
        ("51", Reason::NotEnoughMoney),
        ("07", Reason::Suspicious),
    ] {
        let returned = town.decide(&format!("REF{chosen}"), chosen).await;
        assert_eq!((returned.reason(), returned.paid), (reason, false));
        assert!(!town.hear().await.read.unwrap().paid);
    }
}

#[tokio::test]
async fn what_was_paid_stays_paid_when_the_payer_goes_back_and_cancels() {
    let town = Town::start(0).await;
    let first = town.decide("REF1", "00").await;
    assert_eq!(town.decide("REF1", "24").await, first);
}

#[tokio::test]
async fn a_merchant_that_is_busy_is_told_again_until_it_confirms() {
    let mut town = Town::start(3).await;
    town.decide("REF1", "00").await;
    for expected in ["99", "99", "99", "00"] {
        assert_eq!(code(&town.hear().await.answer), expected);
    }
}

#[tokio::test]
async fn a_merchant_that_never_confirms_is_told_ten_times() {
    let mut town = Town::start(usize::MAX).await;
    town.decide("REF1", "00").await;
    for _ in 0..10 {
        assert_eq!(code(&town.hear().await.answer), "99");
    }
}

#[tokio::test]
async fn a_late_notification_comes_after_the_browser() {
    let mut town = Town::start(0).await;
    town.plan(&[("mischief", "late"), ("seconds", "3600")]).await;
    assert!(town.decide("REF1", "00").await.paid);
    assert!(town.heard.try_recv().is_err(), "the browser was first");
    town.plan(&[("mischief", "late"), ("seconds", "0")]).await;
    assert!(town.decide("REF2", "00").await.paid);
    assert_eq!(town.hear().await.read.unwrap().txn_ref, "REF2");
}

#[tokio::test]
async fn a_notification_that_comes_many_times_at_once_is_confirmed_once() {
    let mut town = Town::start(0).await;
    town.plan(&[("mischief", "doubled"), ("times", "8")]).await;
    town.decide("REF1", "00").await;
    let mut codes = Vec::new();
    for _ in 0..8 {
        codes.push(code(&town.hear().await.answer));
    }
    codes.sort();
    assert_eq!(codes, ["00", "02", "02", "02", "02", "02", "02", "02"]);
}

#[tokio::test]
async fn a_forged_notification_is_refused_and_the_right_one_taken() {
    let mut town = Town::start(0).await;
    town.plan(&[("mischief", "forged")]).await;
    town.decide("REF1", "00").await;
    let forged = town.hear().await;
    assert_eq!(forged.read, Err(VnpayError::BadSignature));
    assert_eq!(code(&forged.answer), "97");
    assert_eq!(code(&town.hear().await.answer), "00");
}

#[tokio::test]
async fn another_amount_is_refused_and_the_right_one_taken() {
    let mut town = Town::start(0).await;
    town.plan(&[("mischief", "amount")]).await;
    town.decide("REF1", "00").await;
    let changed = town.hear().await;
    assert_eq!((changed.read.unwrap().amount_vnd, code(&changed.answer).as_str()), (1, "04"));
    assert_eq!(code(&town.hear().await.answer), "00");
}

#[tokio::test]
async fn a_mischief_is_for_one_payment_only() {
    let mut town = Town::start(0).await;
    town.plan(&[("mischief", "never")]).await;
    assert!(town.decide("REF1", "00").await.paid);
    town.decide("REF2", "00").await;
    assert_eq!(town.hear().await.read.unwrap().txn_ref, "REF2");
    let listed = town.get("/payments.json").await.body;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed[0]["answers"].as_array().unwrap().len(), 0);
    assert_eq!(code(listed[1]["answers"][0].as_str().unwrap()), "00");
}
