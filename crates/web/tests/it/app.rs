//! The application under test, and people who use it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use motcua_catalogue::Catalogue;
use motcua_gateways::DemoInbox;
use motcua_gateways::mail::Mailer;
use motcua_gateways::payment::vietqr::Bank;
use motcua_gateways::payment::vnpay::Vnpay;
use motcua_gateways::post::Post;
use motcua_gateways::sign::Signatures;
use motcua_gateways::sms::{Inbound, Sms};
use motcua_office::demo::PASSWORD;
use motcua_office::{Clock, Gateways, Office, Settings};
use motcua_papers::Papers;
use motcua_store::Store;
use std::sync::Arc;
use tower::ServiceExt;

/// The commune's certificate of marital status: level 4, 15.000 đồng, three working days.
pub const MARITAL: &str = "1.004873";
/// What the identity card of Nông Thị Hoa says to a scanner.
pub const CARD: &str = "019185001234|090123456|Nông Thị Hoa|30031985|Nữ|Xã Sảng Mộc, Huyện Võ Nhai, Thái Nguyên|01012018";

/// Secret of the bank's notices.
pub const BANK_SECRET: &str = "BANKSECRETBANKSECRET";

/// The province's account, at a bank that gives no money back by itself.
fn bank() -> Bank {
    Bank {
        bin: "970436".into(),
        name: "Ngân hàng thử".into(),
        account: "0011009999999".into(),
        holder: "KHO BAC".into(),
        secret: BANK_SECRET.into(),
        app_url: String::new(),
        payout_url: String::new(),
    }
}

/// Secret of the post's notices.
pub const POST_SECRET: &str = "POSTSECRETPOSTSECRET";

/// A post that nobody answers for: what it tells, the tests tell.
#[expect(clippy::unnecessary_wraps, reason = "as the gateways want it")]
fn post() -> Option<Post> {
    Some(Post::new("http://127.0.0.1:9/api", "MOTCUA", POST_SECRET))
}

/// The application.
pub struct TestApp {
    pub router: Router,
    pub office: Office,
    pub clock: Clock,
    folder: tempfile::TempDir,
}

impl TestApp {
    /// Starts it on Monday 30 March 2020 at nine in the morning, with the demo's people.
    pub async fn start() -> Self {
        Self::start_with(None).await
    }

    /// The same with a payment gateway.
    pub async fn start_with(vnpay: Option<Vnpay>) -> Self {
        Self::start_signing(vnpay, Signatures::default()).await
    }

    /// The same with a payment gateway and a signing service.
    pub async fn start_signing(vnpay: Option<Vnpay>, sign: Signatures) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("motcua.db").display());
        let store = Store::open(&url, &folder.path().join("files")).await.unwrap();
        let clock = Clock::fixed("2020-03-30T09:00:00+07:00".parse().unwrap());
        let inbox = DemoInbox::default();
        let gateways = Gateways {
            vnpay,
            bank: Some(bank()),
            post: post(),
            mail: Mailer::Demo(inbox.clone()),
            sms: Sms::Demo(inbox),
            sign,
            inbound: Some(Inbound::new(BANK_SECRET)),
        };
        let settings = Settings {
            public_url: "http://127.0.0.1:8080".to_owned(),
            hotline: "0208 1022".to_owned(),
            payment_origin: String::new(),
            trusted_proxies: Vec::new(),
            demo: true,
        };
        let catalogue = Arc::new(Catalogue::embedded().unwrap());
        let office = Office::new(store, catalogue, Papers::new(), gateways, clock.clone(), settings);
        office.ensure_demo_people().await.unwrap();
        Self {
            router: motcua_web::router(office.clone()),
            office,
            clock,
            folder,
        }
    }

    /// Moves an officer to another agency, as the administration of accounts does.
    pub async fn move_to(&self, login: &str, agency: &str) {
        let url = format!("sqlite:{}", self.folder.path().join("motcua.db").display());
        let store = Store::open(&url, &self.folder.path().join("files")).await.unwrap();
        let moved = motcua_store::db::sql(
            "update account set agency = $2 where id in (select account from login where login = $1)",
            [login.into(), agency.into()],
        );
        assert_eq!(store.db().run(moved).await.unwrap(), 1);
        store.close().await;
    }

    /// Writes into the list of parcels that the post took what waits for it, in March 2020, as its answer does.
    pub async fn post_took_orders(&self, tracking: &str) {
        let url = format!("sqlite:{}", self.folder.path().join("motcua.db").display());
        let store = Store::open(&url, &self.folder.path().join("files")).await.unwrap();
        let took = motcua_store::db::sql(
            "update parcel set month = 202003, tracking = $1 where month = 0",
            [tracking.into()],
        );
        assert_eq!(store.db().run(took).await.unwrap(), 1);
        store.close().await;
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Person<'_> {
        Person {
            app: self,
            cookie: String::new(),
            agent: String::new(),
        }
    }

    /// One of the demo's people as the use cases know her.
    pub async fn actor(&self, login: &str) -> motcua_model::actor::Actor {
        let motcua_office::account::SignIn::Open { token } = self.office.sign_in(login, PASSWORD).await.unwrap() else {
            panic!("not verified")
        };
        self.office.session(&token).await.unwrap().unwrap().actor()
    }

    /// Posts as the bank does: from server to server, with a signature.
    pub async fn bank_post(&self, path: &str, signature: &str, body: Body) -> StatusCode {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-signature", signature)
            .body(body)
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap().status()
    }

    /// Signs in one of the demo's people.
    pub async fn sign_in(&self, login: &str) -> Person<'_> {
        let answer = self
            .visitor()
            .post("/dang-nhap", &[("login", login), ("password", PASSWORD)])
            .await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{login} cannot sign in: {}",
            answer.body
        );
        let cookie = answer.cookie.split(';').next().unwrap().to_owned();
        Person {
            app: self,
            cookie,
            agent: String::new(),
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub cookie: String,
    pub body: String,
}

impl Answer {
    /// The version of the dossier that the page shows.
    pub fn seen(&self) -> String {
        self.between("name=\"seen\" value=\"", "\"").to_owned()
    }

    /// What stands between two pieces of the page.
    pub fn between(&self, from: &str, to: &str) -> &str {
        let rest = self
            .body
            .split_once(from)
            .unwrap_or_else(|| panic!("no {from:?} in {}", self.body))
            .1;
        rest.split_once(to).unwrap().0
    }

    /// Asserts that the page says something.
    pub fn says(&self, text: &str) -> &Self {
        assert!(
            self.body.contains(text),
            "{} does not say {text:?}:\n{}",
            self.status,
            self.body
        );
        self
    }

    /// Asserts that the page does not say something.
    pub fn does_not_say(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "says {text:?}:\n{}", self.body);
        self
    }
}

/// Somebody with a browser.
pub struct Person<'a> {
    app: &'a TestApp,
    cookie: String,
    agent: String,
}

impl Person<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", Body::empty()).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(form);
        self.send("POST", path, "application/x-www-form-urlencoded", Body::from(text.finish()))
            .await
    }

    /// The same person with the session that an answer opened.
    pub fn with_session_of(&self, answer: &Answer) -> Self {
        Self {
            app: self.app,
            cookie: answer.cookie.split(';').next().unwrap().to_owned(),
            agent: self.agent.clone(),
        }
    }

    /// The same person with another browser.
    pub fn with_agent(mut self, agent: &str) -> Self {
        agent.clone_into(&mut self.agent);
        self
    }

    /// Sends a file as a browser's form does.
    pub async fn upload(&self, path: &str, kind: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body =
            format!("--BOUND\r\nContent-Disposition: form-data; name=\"{kind}\"; filename=\"{name}\"\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--BOUND--\r\n");
        self.send("POST", path, "multipart/form-data; boundary=BOUND", Body::from(body))
            .await
    }

    /// The same with a text beside the file.
    pub async fn upload_with(&self, path: &str, text: (&str, &str), kind: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--BOUND\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n\
             --BOUND\r\nContent-Disposition: form-data; name=\"{kind}\"; filename=\"{name}\"\r\n\r\n",
            text.0, text.1
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--BOUND--\r\n");
        self.send("POST", path, "multipart/form-data; boundary=BOUND", Body::from(body))
            .await
    }

    /// Asks, whatever the way.
    pub async fn send(&self, method: &str, path: &str, kind: &str, body: Body) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin");
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if !self.cookie.is_empty() {
            request = request.header(header::COOKIE, &self.cookie);
        }
        if !self.agent.is_empty() {
            request = request.header(header::USER_AGENT, &self.agent);
        }
        let response = self.app.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let text = |name| {
            response
                .headers()
                .get(name)
                .map_or(String::new(), |v| v.to_str().unwrap().to_owned())
        };
        let (status, location, cookie) = (response.status(), text(header::LOCATION), text(header::SET_COOKIE));
        let body = to_bytes(response.into_body(), 64 * 1024 * 1024).await.unwrap();
        Answer {
            status,
            location,
            cookie,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Fills in the form for a certificate of marital status and attaches its paper; answers the draft.
    pub async fn fill_marital(&self, first_step: &str) -> String {
        let draft = first_step.rsplit_once('/').unwrap().0.to_owned();
        let person = [
            ("ho_ten", "Nông Thị Hoa"),
            ("so_dinh_danh", "019185001234"),
            ("ngay_sinh", "30/3/1985"),
            ("dien_thoai", "0912 345 678"),
            ("noi_cu_tru.district", "170"),
            ("noi_cu_tru.commune", "170-02"),
            ("noi_cu_tru.street", "Xóm Khuổi Mèo"),
            ("dan_toc", "Nùng"),
        ];
        for (step, answers) in [
            ("nguoi-yeu-cau", &person[..]),
            ("hon-nhan", &[("tinh_trang", "chua_ket_hon")]),
            ("muc-dich", &[("muc_dich", "vay_von")]),
        ] {
            let saved = self.post(&format!("{draft}/{step}"), answers).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{step}: {}", saved.body);
        }
        let attached = self
            .upload(
                &format!("{draft}/giay-to"),
                "cccd",
                "the.jpg",
                &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3],
            )
            .await;
        assert_eq!(attached.status, StatusCode::SEE_OTHER, "{}", attached.body);
        draft
    }

    /// Fills in and sends; answers the dossier's identifier.
    pub async fn file_marital(&self, first_step: &str) -> String {
        let draft = self.fill_marital(first_step).await;
        let sent = self
            .post(&format!("{draft}/kiem-tra"), &[("return_way", "counter"), ("declared", "on")])
            .await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        sent.location.rsplit('/').next().unwrap().to_owned()
    }

    /// Files at the counter for who stands there with her card; answers the dossier's identifier.
    pub async fn file_at_counter(&self) -> String {
        let begun = self.post("/ban/nop-ho", &[("procedure", MARITAL), ("card", CARD)]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        self.file_marital(&begun.location).await
    }

    /// Sends a form of texts as a page with files does.
    pub async fn post_parts(&self, path: &str, parts: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, value) in parts {
            body.push_str(&format!(
                "--BOUND\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str("--BOUND--\r\n");
        self.send("POST", path, "multipart/form-data; boundary=BOUND", Body::from(body))
            .await
    }

    /// Reads the card of who stands at the post office and chooses the service; answers the page that asks for her consent.
    pub async fn ask_at_post(&self) -> String {
        let typed = [
            ("card", CARD),
            ("shown", "1"),
            ("compared", "1"),
            ("phone", "0912 345 678"),
            ("procedure", MARITAL),
        ];
        let begun = self.post("/buu-dien/nop-ho", &typed).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        begun.location
    }

    /// The same, and she signs the slip; answers the first step of the form.
    pub async fn agree_at_post(&self) -> String {
        let consent = self.ask_at_post().await;
        let page = self.get(&consent).await;
        let number = page.between("<strong>DY-", "</strong>").to_owned();
        let given = self
            .post_parts(&consent, &[("way", "paper"), ("number", &format!("DY-{number}"))])
            .await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        given.location
    }

    /// Does something to a dossier with the version its page shows now.
    pub async fn act(&self, id: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
        let seen = self.get(&format!("/ban/ho-so/{id}")).await.seen();
        self.act_seen(id, action, &seen, typed).await
    }

    /// Does something to a dossier with the version an older page showed.
    pub async fn act_seen(&self, id: &str, action: &str, seen: &str, typed: &[(&str, &str)]) -> Answer {
        let form: Vec<(&str, &str)> = [("seen", seen)].into_iter().chain(typed.iter().copied()).collect();
        self.post(&format!("/ban/ho-so/{id}/{action}"), &form).await
    }
}
