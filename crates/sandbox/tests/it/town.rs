//! A gateway and a merchant on loopback.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::routing::get;
use motcua_gateways::payment::vnpay::{self, IpnAnswer, Notification, Order, Vnpay, VnpayError};
use motcua_sandbox::Settings;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub const TMN_CODE: &str = "MOTCUA01";
pub const SECRET: &str = "a secret that both know";
/// Every order's amount.
pub const AMOUNT: u64 = 135_000;

/// What the merchant made of a notification.
#[derive(Debug)]
pub struct Heard {
    pub read: Result<Notification, VnpayError>,
    pub answer: String,
}

struct Merchant {
    vnpay: Vnpay,
    booked: Mutex<BTreeSet<String>>,
    /// How many notifications are answered with `99` first.
    busy: Mutex<usize>,
    heard: UnboundedSender<Heard>,
}

/// Both of them.
pub struct Town {
    pub gateway: SocketAddr,
    pub vnpay: Vnpay,
    pub heard: UnboundedReceiver<Heard>,
}

/// An answer of the gateway.
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: String,
}

impl Town {
    /// A merchant that is busy for the first `busy` notifications, and its gateway.
    pub async fn start(busy: usize) -> Self {
        let shop = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let desk = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (merchant, gateway) = (shop.local_addr().unwrap(), desk.local_addr().unwrap());
        let vnpay = Vnpay::new(vnpay::Settings {
            tmn_code: TMN_CODE.to_owned(),
            secret: SECRET.to_owned(),
            pay_url: format!("http://{gateway}/vpcpay.html"),
            return_url: format!("http://{merchant}/return"),
        });
        let (said, heard) = unbounded_channel();
        let state = Arc::new(Merchant {
            vnpay: vnpay.clone(),
            booked: Mutex::default(),
            busy: Mutex::new(busy),
            heard: said,
        });
        let router = Router::new().route("/ipn", get(ipn)).with_state(state);
        tokio::spawn(async move { axum::serve(shop, router).await });
        let settings = Settings {
            tmn_code: TMN_CODE.to_owned(),
            secret: SECRET.to_owned(),
            ipn_url: format!("http://{merchant}/ipn"),
            bank_account: "0011009999999".to_owned(),
            bank_url: format!("http://{merchant}/bank"),
            retry_ms: 1,
        };
        tokio::spawn(motcua_sandbox::run(desk, settings, std::future::pending()));
        Self { gateway, vnpay, heard }
    }

    /// The signed address of the payment page, payable for as long as the test may live.
    pub fn pay_url(&self, txn_ref: &str) -> String {
        self.pay_url_until(txn_ref, "2099-12-31T00:00:00+07")
    }

    pub fn pay_url_until(&self, txn_ref: &str, expires: &str) -> String {
        self.vnpay.pay_url(&Order {
            txn_ref: txn_ref.to_owned(),
            amount_vnd: AMOUNT,
            info: "Lệ phí hồ sơ 000.24.12.H55-200330-0001".to_owned(),
            ip: "127.0.0.1".to_owned(),
            created: "2020-03-30T09:00:00+07".parse().unwrap(),
            expires: expires.parse().unwrap(),
            locale: "vi".to_owned(),
            bank_code: None,
        })
    }

    /// Chooses `code` on the payment page and answers what the browser brings back to the merchant.
    pub async fn decide(&self, txn_ref: &str, code: &str) -> Notification {
        let url = self.pay_url(txn_ref);
        let (_, query) = url.split_once('?').unwrap();
        let answer = self.post("/pay", &[("query", query), ("code", code)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let (_, returned) = answer.location.split_once('?').unwrap();
        self.vnpay.verify(returned).unwrap()
    }

    pub async fn plan(&self, fields: &[(&str, &str)]) {
        assert_eq!(self.post("/control", fields).await.status, 303);
    }

    pub async fn hear(&mut self) -> Heard {
        self.heard.recv().await.unwrap()
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        self.send(path, Some(("application/x-www-form-urlencoded", body.finish())))
            .await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(path, None).await
    }

    pub async fn send(&self, path: &str, body: Option<(&'static str, String)>) -> Answer {
        let url = format!("http://{}{path}", self.gateway);
        tokio::task::spawn_blocking(move || {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .max_redirects(0)
                .max_redirects_will_error(false)
                .http_status_as_error(false)
                .build()
                .into();
            let mut answer = match body {
                Some((kind, body)) => agent.post(&url).header("Content-Type", kind).send(&body).unwrap(),
                None => agent.get(&url).call().unwrap(),
            };
            Answer {
                status: answer.status().as_u16(),
                location: answer
                    .headers()
                    .get("location")
                    .map_or(String::new(), |l| l.to_str().unwrap().to_owned()),
                body: answer.body_mut().read_to_string().unwrap(),
            }
        })
        .await
        .unwrap()
    }
}

async fn ipn(State(merchant): State<Arc<Merchant>>, RawQuery(query): RawQuery) -> String {
    let read = merchant.vnpay.verify(&query.unwrap_or_default());
    let answer = match &read {
        Err(_) => IpnAnswer::WrongSignature,
        Ok(said) if said.amount_vnd != AMOUNT => IpnAnswer::WrongAmount,
        Ok(said) => {
            let mut busy = merchant.busy.lock().unwrap();
            if *busy > 0 {
                *busy -= 1;
                IpnAnswer::Other
            } else if merchant.booked.lock().unwrap().insert(said.txn_ref.clone()) {
                IpnAnswer::Confirmed
            } else {
                IpnAnswer::AlreadyConfirmed
            }
        }
    };
    let answer = answer.to_json();
    merchant
        .heard
        .send(Heard {
            read,
            answer: answer.clone(),
        })
        .unwrap();
    answer
}
