//! What the payer sees.

use crate::town::Town;

fn path(url: &str) -> String {
    let (_, query) = url.split_once('?').unwrap();
    format!("/vpcpay.html?{query}")
}

#[tokio::test]
async fn the_page_shows_who_what_for_and_how_much() {
    let town = Town::start(0).await;
    let page = town.get(&path(&town.pay_url("REF1"))).await;
    assert_eq!(page.status, 200);
    for text in [
        "135.000 đồng",
        "MOTCUA01",
        "Le phi ho so 000.24.12.H55-200330-0001",
        "REF1",
        ">Thanh toán<",
    ] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    assert!(
        !page.body.contains("<script") && !page.body.contains("style="),
        "{}",
        page.body
    );
    assert!(town.get("/style.css").await.body.contains(".amount"));
}

#[tokio::test]
async fn a_changed_request_is_refused_and_nothing_is_paid() {
    let mut town = Town::start(0).await;
    let url = town.pay_url("REF1");
    let changed = url.replace("vnp_Amount=13500000", "vnp_Amount=100");
    let doubled = format!("{url}&vnp_Amount=13500000");
    for wrong in [&changed, &doubled, &"http://x/?vnp_Amount=1".to_owned()] {
        let page = town.get(&path(wrong)).await;
        assert!(page.status == 400 && page.body.contains("Sai chữ ký"), "{}", page.body);
        let (_, query) = wrong.split_once('?').unwrap();
        assert_eq!(town.post("/pay", &[("query", query), ("code", "00")]).await.status, 400);
    }
    let (_, query) = url.split_once('?').unwrap();
    assert_eq!(town.post("/pay", &[("query", query), ("code", "98")]).await.status, 400);
    assert_eq!(town.get("/payments.json").await.body, "[]");
    assert!(town.heard.try_recv().is_err());
}

#[tokio::test]
async fn an_expired_request_is_refused() {
    let town = Town::start(0).await;
    let url = town.pay_url_until("REF1", "2020-03-30T09:15:00+07");
    let page = town.get(&path(&url)).await;
    assert!(page.status == 410 && page.body.contains("quá thời gian"), "{}", page.body);
    let (_, query) = url.split_once('?').unwrap();
    assert_eq!(town.post("/pay", &[("query", query), ("code", "00")]).await.status, 410);
}

#[tokio::test]
async fn the_control_page_lists_payments_and_keeps_the_choice() {
    let town = Town::start(0).await;
    town.decide("REF1", "00").await;
    town.plan(&[("mischief", "late"), ("seconds", "7")]).await;
    let page = town.get("/control").await.body;
    assert!(
        page.contains("value=\"late\" checked") && page.contains("value=\"7\""),
        "{page}"
    );
    assert!(page.contains("REF1") && page.contains("Confirm Success"), "{page}");
}
