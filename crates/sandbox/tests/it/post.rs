//! The post against a customer that speaks with the customer's own code, over loopback.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use jiff::Timestamp;
use motcua_gateways::post::{Created, Notice, NoticeError, Post, PostOrder};
use motcua_sandbox::{PostSettings, run_post};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

const SECRET: &str = "a secret that both know";
const NOW: &str = "2020-03-30T02:00:00Z";

struct Customer {
    post: Post,
    /// How many notices are answered with 503 first.
    busy: Mutex<usize>,
    heard: Mutex<Vec<Result<Notice, NoticeError>>>,
}

struct Town {
    post: Post,
    customer: Arc<Customer>,
    address: std::net::SocketAddr,
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

async fn notified(State(customer): State<Arc<Customer>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let get = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    let read = customer
        .post
        .verify("/notices", &get("x-time"), &body, &get("x-signature"), now());
    let status = match &read {
        Err(_) => StatusCode::FORBIDDEN,
        Ok(_) => {
            let mut busy = customer.busy.lock().unwrap();
            if *busy > 0 {
                *busy -= 1;
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::OK
            }
        }
    };
    customer.heard.lock().unwrap().push(read);
    status
}

impl Town {
    async fn start(busy: usize) -> Self {
        let shop = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let desk = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = desk.local_addr().unwrap();
        let post_ = Post::new(&format!("http://{address}/api"), "MOTCUA01", SECRET);
        let settings = PostSettings {
            client: "MOTCUA01".into(),
            secret: SECRET.into(),
            notice_url: format!("http://{}/notices", shop.local_addr().unwrap()),
            retry_ms: 1,
            clock: Some(now()),
        };
        let customer = Arc::new(Customer {
            post: post_.clone(),
            busy: Mutex::new(busy),
            heard: Mutex::default(),
        });
        let router = Router::new().route("/notices", post(notified)).with_state(customer.clone());
        tokio::spawn(async move { axum::serve(shop, router).await });
        tokio::spawn(run_post(desk, settings, std::future::pending()));
        Self {
            post: post_,
            customer,
            address,
        }
    }

    async fn send(&self, path: &str, fields: &[(&str, &str)]) -> u16 {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let (url, body) = (format!("http://{}{path}", self.address), body.finish());
        tokio::task::spawn_blocking(move || {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .max_redirects(0)
                .max_redirects_will_error(false)
                .http_status_as_error(false)
                .build()
                .into();
            let kind = "application/x-www-form-urlencoded";
            agent
                .post(&url)
                .header("Content-Type", kind)
                .send(&body)
                .unwrap()
                .status()
                .as_u16()
        })
        .await
        .unwrap()
    }

    async fn go(&self, way: &str, mischief: &str) {
        let fields = [
            ("go", way),
            ("mischief", mischief),
            ("taken_by", "Nông Thị Hoa"),
            ("id_last", "1234"),
        ];
        assert_eq!(self.send("/parcels/R1", &fields).await, 303);
    }

    fn states(&self) -> Vec<String> {
        let heard = self.customer.heard.lock().unwrap();
        heard
            .iter()
            .map(|n| n.as_ref().map_or_else(ToString::to_string, |n| n.state.clone()))
            .collect()
    }
}

fn order() -> PostOrder {
    PostOrder {
        reference: "R1".into(),
        kind: "deliver".into(),
        dossier: "000.24.12.H55-200330-0001".into(),
        agency_name: "UBND xã Sảng Mộc".into(),
        agency_address: "Xã Sảng Mộc".into(),
        person_name: "Nông Thị Hoa".into(),
        person_phone: "+84912345678".into(),
        person_address: "Xóm Khuổi Mèo, Xã Sảng Mộc".into(),
        commune: "170-02".into(),
        zone: "district".into(),
        weight_g: 60,
        collect: 15_000,
    }
}

#[tokio::test]
async fn an_order_that_is_sent_again_is_the_same_parcel() {
    let town = Town::start(0).await;
    let first = town.post.create(&order(), now()).await.unwrap().unwrap();
    assert_eq!(town.post.create(&order(), now()).await.unwrap().unwrap(), first);
    let expected = Created {
        tracking: "BN100000001VN".into(),
        price: 20_000,
    };
    assert_eq!(first, expected);
}

#[tokio::test]
async fn who_does_not_know_the_secret_and_who_signed_long_ago_is_refused() {
    let town = Town::start(0).await;
    let stranger = Post {
        secret: "guessed".into(),
        ..town.post.clone()
    };
    assert_eq!(stranger.create(&order(), now()).await.unwrap().unwrap_err().code, "signature");
    let old = "2020-03-30T01:30:00Z".parse().unwrap();
    assert_eq!(town.post.create(&order(), old).await.unwrap().unwrap_err().code, "time");
}

#[tokio::test]
async fn what_the_post_does_not_take_is_an_answer_with_its_reason() {
    let town = Town::start(0).await;
    let heavy = PostOrder {
        weight_g: 9_000,
        ..order()
    };
    assert_eq!(town.post.create(&heavy, now()).await.unwrap().unwrap_err().code, "too_heavy");
    assert_eq!(town.post.track("R9", now()).await.unwrap().unwrap_err().code, "unknown");
}

#[tokio::test]
async fn a_post_that_never_answers_is_a_failure_to_be_tried_again() {
    let town = Town::start(0).await;
    assert_eq!(town.send("/control", &[("silent", "on")]).await, 303);
    let hasty = Post {
        timeout: Duration::from_millis(200),
        ..town.post.clone()
    };
    assert!(hasty.create(&order(), now()).await.unwrap_err().temporary);
    assert_eq!(town.send("/control", &[]).await, 303);
    assert!(hasty.create(&order(), now()).await.unwrap().is_ok());
}

#[tokio::test]
async fn it_is_called_off_before_the_post_has_it_and_comes_back_after() {
    let town = Town::start(0).await;
    town.post.create(&order(), now()).await.unwrap().unwrap();
    assert_eq!(town.post.bring_back("R1", now()).await.unwrap().unwrap_err().code, "accepted");
    town.go("collected", "none").await;
    assert_eq!(town.post.cancel("R1", now()).await.unwrap().unwrap_err().code, "collected");
    town.post.bring_back("R1", now()).await.unwrap().unwrap();
    assert_eq!(town.states(), ["collected", "returning"]);
}

#[tokio::test]
async fn each_station_is_told_with_its_number_until_it_is_taken() {
    let town = Town::start(2).await;
    town.post.create(&order(), now()).await.unwrap().unwrap();
    town.go("collected", "none").await;
    while town.states().len() < 3 {
        tokio::task::yield_now().await;
    }
    assert_eq!(town.states(), ["collected"; 3]);
    town.go("delivered", "none").await;
    let last = town.customer.heard.lock().unwrap().last().unwrap().clone().unwrap();
    assert_eq!((last.seq, last.collected, last.state.as_str()), (2, 15_000, "delivered"));
    assert_eq!(last.proof.unwrap().id_last, "1234");
}

#[tokio::test]
async fn three_tries_and_back_reversed_doubled_forged_and_lost() {
    let town = Town::start(0).await;
    town.post.create(&order(), now()).await.unwrap().unwrap();
    town.go("three_tries", "reversed").await;
    assert_eq!(town.states().len(), 9);
    assert_eq!(town.states()[0], "returned");
    town.go("held", "doubled").await;
    assert_eq!(town.states()[9..], ["held"; 5]);
    town.go("in_transit", "forged").await;
    assert_eq!(town.states()[14..], ["the signature is wrong", "in_transit"]);
    town.go("failed", "lost").await;
    assert_eq!(town.states().len(), 16);
    assert_eq!(town.post.track("R1", now()).await.unwrap().unwrap().notices.len(), 12);
}

#[test]
fn a_notice_that_was_sent_to_another_address_or_changed_is_not_ours() {
    let customer = Post::new("http://127.0.0.1:9", "MOTCUA01", SECRET);
    let time = now().as_second().to_string();
    let body = br#"{"reference":"R1","tracking":"T","seq":1,"state":"collected","at":"2020-03-30T02:00:00Z"}"#;
    let signature = motcua_gateways::post::signature(SECRET, "POST", "/a", &time, body);
    assert!(customer.verify("/a", &time, body, &signature, now()).is_ok());
    let read = |path, time: &str, body: &[u8], at: &str| customer.verify(path, time, body, &signature, at.parse().unwrap());
    assert_eq!(read("/b", &time, body, NOW), Err(NoticeError::BadSignature));
    assert_eq!(read("/a", "1", body, NOW), Err(NoticeError::BadSignature));
    assert_eq!(read("/a", &time, b"{}", NOW), Err(NoticeError::BadSignature));
    assert_eq!(read("/a", &time, body, "2020-03-30T02:16:00Z"), Err(NoticeError::Stale));
}
