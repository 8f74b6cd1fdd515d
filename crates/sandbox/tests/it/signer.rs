//! The signing service and the program's own signing, which share no code, against each other; and outside tools
//! against both.

use jiff::Timestamp;
use motcua_gateways::sign::{Remote, Settings, SignError, Signer, Trust, Verdict, signatures};
use motcua_papers::Papers;
use std::process::Command;
use tempfile::TempDir;
use tokio::net::TcpListener;

#[path = "../../../papers/tests/it/sample.rs"]
#[expect(dead_code, reason = "a slip is enough here")]
mod sample;

struct House {
    folder: TempDir,
    url: String,
    trust: Trust,
}

fn now() -> Timestamp {
    "2020-03-30T09:00:00+07:00".parse().unwrap()
}

fn leader() -> Signer {
    Signer {
        credential: "lanhdao".into(),
        name: "Lý Văn Thắng".into(),
        organisation: "UBND xã Sảng Mộc".into(),
    }
}

fn seal() -> Signer {
    Signer {
        credential: "dau-24.12".into(),
        name: "UBND xã Sảng Mộc".into(),
        organisation: "UBND xã Sảng Mộc".into(),
    }
}

impl House {
    async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let keys = folder.path().join("keys");
        tokio::spawn(async move { motcua_sandbox::signer::run(listener, &keys, std::future::pending()).await });
        let root = Self::ask(format!("{url}/root.der")).await;
        let trust = Trust::new(&[root]);
        Self { folder, url, trust }
    }

    async fn ask(url: String) -> Vec<u8> {
        tokio::task::spawn_blocking(move || {
            for _ in 0..200 {
                if let Ok(mut answer) = ureq::get(&url).call() {
                    return answer.body_mut().read_to_vec().unwrap();
                }
                std::thread::yield_now();
            }
            panic!("the service does not answer");
        })
        .await
        .unwrap()
    }

    fn remote(&self) -> Remote {
        let settings = Settings {
            service_url: format!("{}/csc/v1", self.url),
            token: String::new(),
            time_stamp_url: format!("{}/tsa", self.url),
            list_urls: vec![format!("{}/crl", self.url)],
        };
        Remote::new(settings, self.trust.clone())
    }

    async fn sign(&self, signers: Vec<Signer>) -> Result<Vec<u8>, SignError> {
        let remote = self.remote();
        tokio::task::spawn_blocking(move || remote.sign(&paper(), &signers, "Phê duyệt kết quả", now()))
            .await
            .unwrap()
    }

    async fn fetch_lists(&self) {
        let remote = self.remote();
        tokio::task::spawn_blocking(move || remote.refresh_lists().unwrap())
            .await
            .unwrap();
    }

    async fn mischief(&self, form: &'static str) {
        let url = format!("{}/control", self.url);
        tokio::task::spawn_blocking(move || {
            ureq::post(&url)
                .header("content-type", "application/x-www-form-urlencoded")
                .send(form)
                .unwrap();
        })
        .await
        .unwrap();
    }
}

fn paper() -> Vec<u8> {
    Papers::new().receipt_slip(&sample::receipt("Nông Thị Hoa", "")).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leader_and_seal_sign_in_order_and_both_hold() {
    let house = House::open().await;
    let signed = house.sign(vec![leader(), seal()]).await.unwrap();
    let found = signatures(&signed, &house.trust, now());
    let names: Vec<_> = found.iter().map(|f| (f.signer.as_str(), f.verdict)).collect();
    assert_eq!(
        names,
        [("Lý Văn Thắng", Verdict::Valid), ("UBND xã Sảng Mộc", Verdict::Valid)]
    );
    assert!(found.iter().all(|f| f.stamped_at.is_some()), "level B-T");
    assert!(found[0].covers < found[1].covers && found[1].covers == signed.len());
    assert!(signed.starts_with(&paper()), "what was there stays byte for byte");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_changed_byte_shows_and_so_does_what_is_added_behind() {
    let house = House::open().await;
    let signed = house.sign(vec![leader()]).await.unwrap();
    for at in [100, signed.len() / 2, signed.len() - 10] {
        let mut changed = signed.clone();
        changed[at] ^= 1;
        let found = signatures(&changed, &house.trust, now());
        assert!(found.iter().all(|f| f.verdict != Verdict::Valid), "byte {at}");
    }
    let longer = [&signed[..], b"\n1 0 obj\n<<>>\nendobj\n"].concat();
    let found = signatures(&longer, &house.trust, now());
    assert_eq!((found[0].verdict, found[0].covers), (Verdict::Valid, signed.len()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_bad_service_gives_back_is_never_taken() {
    let house = House::open().await;
    for (form, verdict) in [
        ("mischief=other", Verdict::Changed),
        ("mischief=expired", Verdict::Expired),
        ("mischief=stranger", Verdict::Unknown),
    ] {
        house.mischief(form).await;
        let refused = house.sign(vec![leader()]).await.unwrap_err();
        assert_eq!(refused, SignError::Worthless(verdict), "{form}");
    }
    house.mischief("mischief=never").await;
    assert!(matches!(house.sign(vec![leader()]).await, Err(SignError::Away(_))));
    house.mischief("mischief=late&seconds=1").await;
    assert!(house.sign(vec![leader()]).await.is_ok(), "late is not wrong");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_taken_back_spoils_what_is_signed_after_and_not_what_was_before() {
    let house = House::open().await;
    house.mischief("mischief=revoked").await;
    let refused = house.sign(vec![leader()]).await.unwrap_err();
    assert_eq!(refused, SignError::Worthless(Verdict::Revoked));

    let signed = house.sign(vec![leader()]).await.unwrap();
    let verdict = |signed: &[u8]| signatures(signed, &house.trust, now())[0].verdict;
    assert_eq!(verdict(&signed), Verdict::Valid);
    house.mischief("revoke=lanhdao&seconds=60").await;
    house.fetch_lists().await;
    assert_eq!(verdict(&signed), Verdict::Valid, "it was good when it signed");
    house.mischief("revoke=lanhdao&seconds=-60").await;
    house.fetch_lists().await;
    assert_eq!(verdict(&signed), Verdict::Revoked, "it was taken back before it signed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pdfsig_says_that_ours_is_valid_and_a_changed_one_is_not() {
    let house = House::open().await;
    let signed = house.sign(vec![leader(), seal()]).await.unwrap();
    let mut changed = signed.clone();
    changed[200] ^= 1;
    let (good, bad) = (house.folder.path().join("good.pdf"), house.folder.path().join("bad.pdf"));
    std::fs::write(&good, &signed).unwrap();
    std::fs::write(&bad, &changed).unwrap();
    let ask = |file: &std::path::Path| {
        let output = Command::new("pdfsig").arg("-nocert").arg(file).output();
        let output = output.expect("pdfsig of poppler-utils is needed: ./test sandbox installs it");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let said = ask(&good);
    assert_eq!(said.matches("Signature is Valid").count(), 2, "{said}");
    assert!(said.contains("Total document signed"), "{said}");
    assert!(said.contains("ETSI.CAdES.detached"), "{said}");
    let said = ask(&bad);
    assert!(!said.contains("Signature is Valid"), "{said}");
    // pyHanko looks closer; it runs where `PYHANKO` names its command.
    if let Ok(pyhanko) = std::env::var("PYHANKO") {
        let root = house.folder.path().join("keys/root.der");
        let ask = |file: &std::path::Path| {
            let output = Command::new(&pyhanko)
                .args(["sign", "validate", "--trust-replace", "--trust"])
                .arg(&root)
                .arg(file)
                .output()
                .unwrap();
            let said = format!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
            (output.status.success(), said)
        };
        let (valid, said) = ask(&good);
        assert!(valid, "{said}");
        let (valid, said) = ask(&bad);
        assert!(!valid, "{said}");
    }
}
