//! A small town: one store, the demo's people, a clock.

use motcua_catalogue::Catalogue;
use motcua_gateways::DemoInbox;
use motcua_gateways::mail::Mailer;
use motcua_gateways::payment::vietqr::Bank;
use motcua_gateways::payment::vnpay::{Settings as VnpaySettings, Vnpay};
use motcua_gateways::post::Post;
use motcua_gateways::sign::Signatures;
use motcua_gateways::sms::Sms;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, Outcome, ReturnWay};
use motcua_model::form::Raw;
use motcua_model::id::{DossierId, ProcedureCode};
use motcua_office::account::SignIn;
use motcua_office::demo::PASSWORD;
use motcua_office::{Clock, Gateways, Office, Settings};
use motcua_papers::Papers;
use motcua_store::Store;
use std::sync::Arc;
use tempfile::TempDir;

pub const SECRET: &str = "SECRETSECRETSECRET";

/// The province's account, at a bank that gives no money back by itself.
fn bank() -> Bank {
    Bank {
        bin: "970436".into(),
        name: "Ngân hàng thử".into(),
        account: "0011009999999".into(),
        holder: "KHO BAC".into(),
        secret: SECRET.into(),
        app_url: String::new(),
        payout_url: String::new(),
    }
}

pub struct Town {
    pub office: Office,
    pub folder: TempDir,
    pub clock: Clock,
}

/// The smallest picture that is one.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

impl Town {
    pub async fn new() -> Self {
        let inbox = DemoInbox::default();
        Self::with(Mailer::Demo(inbox.clone()), Sms::Demo(inbox)).await
    }

    /// A town where nobody set up mail and SMS.
    pub async fn without_channels() -> Self {
        Self::with(Mailer::Off, Sms::Off).await
    }

    /// A town whose results are signed.
    pub async fn signing(sign: Signatures) -> Self {
        let inbox = DemoInbox::default();
        Self::open(Mailer::Demo(inbox.clone()), Sms::Demo(inbox), sign, None).await
    }

    /// A town with a post.
    pub async fn with_post(post: Post) -> Self {
        let inbox = DemoInbox::default();
        Self::open(
            Mailer::Demo(inbox.clone()),
            Sms::Demo(inbox),
            Signatures::default(),
            Some(post),
        )
        .await
    }

    async fn with(mail: Mailer, sms: Sms) -> Self {
        Self::open(mail, sms, Signatures::default(), None).await
    }

    async fn open(mail: Mailer, sms: Sms, sign: Signatures, post: Option<Post>) -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("motcua.db").display());
        let store = Store::open(&url, &folder.path().join("files")).await.unwrap();
        let vnpay = Vnpay::new(VnpaySettings {
            tmn_code: "MOTCUA01".into(),
            secret: SECRET.into(),
            pay_url: "http://127.0.0.1:9/vpcpay.html".into(),
            return_url: "http://127.0.0.1:9/thanh-toan/ket-qua".into(),
        });
        let gateways = Gateways {
            vnpay: Some(vnpay),
            bank: Some(bank()),
            post,
            mail,
            sms,
            sign,
            inbound: None,
        };
        let settings = Settings {
            public_url: "http://127.0.0.1:9".into(),
            hotline: "1900".into(),
            payment_origin: String::new(),
            trusted_proxies: Vec::new(),
            demo: true,
        };
        let clock = Clock::fixed("2020-03-30T09:00:00+07".parse().unwrap());
        let catalogue = Arc::new(Catalogue::embedded().unwrap());
        let office = Office::new(store, catalogue, Papers::new(), gateways, clock.clone(), settings);
        office.ensure_demo_people().await.unwrap();
        Self { office, clock, folder }
    }

    /// Sets the town's clock.
    pub fn set_clock(&self, to: &str) {
        self.clock.set(to.parse().unwrap());
    }

    /// The office as it is after the program was started again over the same data.
    pub async fn restarted(&self) -> Office {
        let url = format!("sqlite:{}", self.folder.path().join("motcua.db").display());
        let store = Store::open(&url, &self.folder.path().join("files")).await.unwrap();
        let gateways = Gateways {
            vnpay: None,
            bank: None,
            post: None,
            mail: Mailer::Off,
            sms: Sms::Off,
            sign: Signatures::default(),
            inbound: None,
        };
        let catalogue = Arc::new(Catalogue::embedded().unwrap());
        let settings = self.office.settings().clone();
        Office::new(store, catalogue, Papers::new(), gateways, self.clock.clone(), settings)
    }

    pub async fn sign_in(&self, login: &str) -> Actor {
        let SignIn::Open { token } = self.office.sign_in(login, PASSWORD).await.unwrap() else {
            panic!("not verified")
        };
        self.office.session(&token).await.unwrap().unwrap().actor()
    }

    pub async fn draft(&self, citizen: &Actor) -> DossierId {
        let office = &self.office;
        let id = office.begin_draft(citizen, &ProcedureCode::from("1.004873")).await.unwrap();
        let who = [
            ("ho_ten", "Nông Thị Hoa"),
            ("so_dinh_danh", "019185001234"),
            ("ngay_sinh", "30/3/1985"),
            ("dien_thoai", "0912345678"),
            ("noi_cu_tru.commune", "170-02"),
            ("noi_cu_tru.street", "Xóm Khuổi Mèo"),
            ("dan_toc", "Tày"),
        ];
        let steps: [(&str, &[(&str, &str)]); 3] = [
            ("nguoi-yeu-cau", &who),
            ("hon-nhan", &[("tinh_trang", "chua_ket_hon")]),
            ("muc-dich", &[("muc_dich", "vay_von")]),
        ];
        for (step, pairs) in steps {
            let saved = office
                .save_step(citizen, id, step, &Raw::from_pairs(pairs.iter().copied()))
                .await
                .unwrap();
            assert_eq!(saved.problems, []);
        }
        let mut file = office.begin_upload().await.unwrap();
        file.write(PNG).await.unwrap();
        office.attach(citizen, id, "cccd", "cccd.png", file).await.unwrap();
        office.choose_return(citizen, id, ReturnWay::Online).await.unwrap();
        id
    }

    pub async fn filed(&self, citizen: &Actor) -> Dossier {
        let id = self.draft(citizen).await;
        self.office.submit(citizen, id, true).await.unwrap()
    }

    /// A dossier of the demo's citizen that waits to be accepted: at level 4 the fee is paid.
    pub async fn paid(&self) -> Dossier {
        let citizen = self.sign_in("0912345678").await;
        let d = self.filed(&citizen).await;
        if d.fee_due() == 0 {
            return d;
        }
        let reception = self.sign_in("motcua.sangmoc").await;
        self.office.take_cash(&reception, d.id, d.version).await.unwrap()
    }

    /// A paid one, accepted, processed and approved.
    pub async fn decided(&self, paid: Dossier) -> Dossier {
        let office = &self.office;
        let desk = self.sign_in("motcua.sangmoc").await;
        let d = office.accept(&desk, paid.id, paid.version).await.unwrap();
        let d = office.forward(&desk, d.id, d.version, String::new()).await.unwrap();
        let clerk = self.sign_in("chuyenvien.sangmoc").await;
        let proposal = Some((Outcome::Granted, "Chưa đăng ký kết hôn với ai".into()));
        let d = office
            .finish_step(&clerk, d.id, d.version, proposal, String::new())
            .await
            .unwrap();
        let leader = self.sign_in("lanhdao.sangmoc").await;
        office.approve(&leader, d.id, d.version).await.unwrap()
    }
}
