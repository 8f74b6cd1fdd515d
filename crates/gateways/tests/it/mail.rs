//! Mail over a real SMTP conversation, and into the demo's inbox.

use crate::peer;
use motcua_gateways::DemoInbox;
use motcua_gateways::mail::{Mailer, Message};

const FROM: &str = "Một Cửa <no-reply@thainguyen.example.vn>";

fn mail(to: &str) -> Message {
    Message {
        to: to.to_owned(),
        subject: "Hồ sơ 000.24.12.H55-200330-0001".to_owned(),
        text: "Hồ sơ đã được tiếp nhận.".to_owned(),
        at: "2020-03-30T09:00:00+07".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_mail_reaches_a_mail_server() {
    let (address, serving) = peer::smtp("250 known").await;
    let mailer = Mailer::smtp(&format!("smtp://{address}"), FROM).unwrap();
    mailer.send(&mail("hoa@example.vn")).await.unwrap();
    let heard = serving.await.unwrap();
    let said = |what: &str| heard.commands.iter().any(|c| c.starts_with(what));
    assert!(said("MAIL FROM:<no-reply@thainguyen.example.vn>"), "{:?}", heard.commands);
    assert!(said("RCPT TO:<hoa@example.vn>"), "{:?}", heard.commands);
    assert!(
        heard.data.contains("Content-Type: text/plain; charset=utf-8"),
        "{}",
        heard.data
    );
    assert!(heard.data.contains("Subject: =?utf-8?"), "{}", heard.data);
}

#[tokio::test]
async fn a_busy_mailbox_is_tried_again_and_an_unknown_one_is_not() {
    for (answer, temporary) in [("451 busy", true), ("550 nobody here", false)] {
        let (address, serving) = peer::smtp(answer).await;
        let mailer = Mailer::smtp(&format!("smtp://{address}"), FROM).unwrap();
        let refused = mailer.send(&mail("hoa@example.vn")).await.unwrap_err();
        assert_eq!(refused.temporary, temporary, "{refused}");
        drop(mailer);
        serving.abort();
    }
}

#[tokio::test]
async fn a_mail_server_that_is_down_is_tried_again() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let mailer = Mailer::smtp(&format!("smtp://{address}"), FROM).unwrap();
    assert!(mailer.send(&mail("hoa@example.vn")).await.unwrap_err().temporary);
}

#[tokio::test]
async fn an_address_that_is_none_and_a_line_break_in_it_are_refused_for_good() {
    let mailer = Mailer::smtp("smtp://127.0.0.1:1", FROM).unwrap();
    for to in ["hoa", "", "hoa@example.vn\r\nRCPT TO:<other@example.vn>"] {
        assert!(!mailer.send(&mail(to)).await.unwrap_err().temporary, "{to:?}");
    }
    assert!(Mailer::smtp("nowhere", FROM).is_err());
    assert!(Mailer::smtp("smtp://127.0.0.1:1", "not an address").is_err());
}

#[tokio::test]
async fn the_demo_shows_the_latest_two_hundred_messages() {
    let inbox = DemoInbox::default();
    let mailer = Mailer::Demo(inbox.clone());
    for n in 0..205 {
        mailer.send(&mail(&format!("person{n}@example.vn"))).await.unwrap();
    }
    let latest = inbox.latest();
    assert_eq!(latest.len(), 200);
    assert_eq!(latest[0].to, "person204@example.vn");
}
