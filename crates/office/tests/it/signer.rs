//! The demo's signing service on loopback, with its mischief.

use motcua_gateways::sign::{Remote, Settings, Signatures, Trust};
use tempfile::TempDir;
use tokio::net::TcpListener;

pub struct Signer {
    pub signatures: Signatures,
    url: String,
    _keys: TempDir,
}

impl Signer {
    /// A service that answers.
    pub async fn start() -> Self {
        let keys = TempDir::new().unwrap();
        motcua_sandbox::signer::prepare(keys.path()).unwrap();
        let root = std::fs::read(keys.path().join("root.der")).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let folder = keys.path().to_owned();
        tokio::spawn(async move { motcua_sandbox::signer::run(listener, &folder, std::future::pending()).await });
        let trust = Trust::new(&[root]);
        let settings = Settings {
            service_url: format!("{url}/csc/v1"),
            token: String::new(),
            time_stamp_url: format!("{url}/tsa"),
            list_urls: vec![format!("{url}/crl")],
        };
        let remote = Some(Remote::new(settings, trust.clone()));
        Self {
            signatures: Signatures { trust, remote },
            url,
            _keys: keys,
        }
    }

    /// What the next signature shall suffer.
    pub async fn mischief(&self, form: &'static str) {
        let url = format!("{}/control", self.url);
        let posted = tokio::task::spawn_blocking(move || {
            ureq::post(&url)
                .header("content-type", "application/x-www-form-urlencoded")
                .send(form)
                .unwrap();
        });
        posted.await.unwrap();
    }
}
