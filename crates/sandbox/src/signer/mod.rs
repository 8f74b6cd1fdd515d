//! A signing service for demo and tests, a process of its own: an authority, keys for whoever is asked for, a
//! time-stamp authority, a revocation list, and a control page for mischief. Shares no code with `gateways`.

mod authority;
mod control;
mod time_stamp;

pub use control::{Mischief, Plan};

use authority::Authority;
use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;

struct Service {
    memory: Mutex<Memory>,
}

struct Memory {
    authority: Authority,
    plan: Plan,
    signed: Vec<String>,
}

impl Service {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves the signing service until `stop` is done. The authority's own key is kept in `folder`, so that what was signed
/// before a restart is still known after it; its certificate is `root.der` there.
///
/// # Errors
/// When the folder cannot be written or the listener fails.
pub async fn run(listener: TcpListener, folder: &Path, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let authority = Authority::open(folder).map_err(std::io::Error::other)?;
    let service = Arc::new(Service {
        memory: Mutex::new(Memory {
            authority,
            plan: Plan::default(),
            signed: Vec::new(),
        }),
    });
    let router = Router::new()
        .route("/csc/v1/credentials/info", post(info))
        .route("/csc/v1/signatures/signHash", post(sign_hash))
        .route("/tsa", post(time_stamp::answer))
        .route("/crl", get(list))
        .route("/root.der", get(root))
        .route("/control", get(control::show).post(control::change))
        .route("/style.css", get(crate::page::style))
        .with_state(service);
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}

/// Makes the authority's key and certificate in `folder` where they are not there yet, so that `root.der` can be trusted
/// before the service runs.
///
/// # Errors
/// When the folder cannot be written.
pub fn prepare(folder: &Path) -> std::io::Result<()> {
    Authority::open(folder).map(drop).map_err(std::io::Error::other)
}

fn refused(what: &str) -> Response {
    (
        StatusCode::BAD_REQUEST,
        Json(json!({ "error": "invalid_request", "error_description": what })),
    )
        .into_response()
}

/// `credentials/info`: the certificate of a key with its chain. The demo makes a key for whoever is asked for.
async fn info(State(service): State<Arc<Service>>, Json(asked): Json<Value>) -> Response {
    let Some(id) = asked["credentialID"].as_str() else {
        return refused("credentialID");
    };
    let names: Value = asked["clientData"]
        .as_str()
        .and_then(|t| serde_json::from_str(t).ok())
        .unwrap_or_default();
    let text = |name: &str| names[name].as_str().unwrap_or(id).to_owned();
    let mut memory = service.memory();
    let mischief = memory.plan.mischief;
    match memory
        .authority
        .credential(id, &text("name"), &text("organisation"), mischief)
    {
        Ok(chain) => {
            let chain: Vec<String> = chain.iter().map(|c| BASE64.encode(c)).collect();
            Json(json!({ "key": { "status": "enabled", "algo": ["1.2.840.10045.4.3.2"] }, "cert": { "status": "valid", "certificates": chain } }))
                .into_response()
        }
        Err(e) => refused(&e.to_string()),
    }
}

/// `signatures/signHash`: signs the hash as it comes, or does mischief once.
async fn sign_hash(State(service): State<Arc<Service>>, Json(asked): Json<Value>) -> Response {
    let (Some(id), Some(hash)) = (asked["credentialID"].as_str(), asked["hash"][0].as_str()) else {
        return refused("credentialID and hash");
    };
    let Ok(mut hash) = BASE64.decode(hash) else {
        return refused("hash");
    };
    let plan = service.memory().take_plan();
    match plan.mischief {
        Mischief::Late => tokio::time::sleep(Duration::from_secs(plan.seconds.clamp(0, 60).unsigned_abs())).await,
        Mischief::Never => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        // The signature of another document.
        Mischief::Other => hash.reverse(),
        _ => {}
    }
    let mut memory = service.memory();
    match memory.authority.sign(id, &hash) {
        Ok(signature) => {
            memory.signed.push(id.to_owned());
            Json(json!({ "signatures": [BASE64.encode(signature)] })).into_response()
        }
        Err(e) => refused(&e.to_string()),
    }
}

impl Memory {
    /// The plan, which holds for one signature.
    fn take_plan(&mut self) -> Plan {
        std::mem::take(&mut self.plan)
    }
}

async fn list(State(service): State<Arc<Service>>) -> Response {
    match service.memory().authority.list() {
        Ok(der) => der.into_response(),
        Err(e) => (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()).into_response(),
    }
}

async fn root(State(service): State<Arc<Service>>) -> Vec<u8> {
    service.memory().authority.root().to_vec()
}
