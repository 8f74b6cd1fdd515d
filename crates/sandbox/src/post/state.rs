//! What the post remembers, in memory.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the post is told at its start.
#[derive(Clone)]
pub struct PostSettings {
    /// The customer's number.
    pub client: String,
    /// The secret that both sign with.
    pub secret: String,
    /// Where notices go.
    pub notice_url: String,
    /// Pause before a notice is tried again, in milliseconds.
    pub retry_ms: u64,
    /// Where the post's clock stands; none lets it run.
    pub clock: Option<Timestamp>,
}

/// What happens to notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mischief {
    /// Nothing.
    #[default]
    None,
    /// Some seconds later.
    Late,
    /// Five times at the same moment.
    Doubled,
    /// Somebody who does not know the secret sends it first, with another state.
    Forged,
    /// It never comes; the post knows it when it is asked.
    Lost,
    /// The last one first.
    Reversed,
}

impl Mischief {
    pub(crate) const ALL: [(&'static str, &'static str); 6] = [
        ("none", "Báo bình thường"),
        ("late", "Báo muộn"),
        ("doubled", "Báo năm lần cùng lúc"),
        ("forged", "Có báo giả chữ ký đến trước"),
        ("lost", "Không báo"),
        ("reversed", "Báo ngược thứ tự"),
    ];
}

/// What is asked for in an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) reference: String,
    pub(crate) kind: String,
    pub(crate) dossier: String,
    pub(crate) zone: String,
    pub(crate) person_name: String,
    pub(crate) person_address: String,
    pub(crate) commune: String,
    pub(crate) weight_g: u32,
    pub(crate) collect: u64,
}

/// A station as it is told.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Station {
    pub(crate) reference: String,
    pub(crate) tracking: String,
    pub(crate) seq: u32,
    pub(crate) state: &'static str,
    pub(crate) at: String,
    pub(crate) place: String,
    pub(crate) reason: String,
    pub(crate) collected: u64,
    pub(crate) proof: Option<Proof>,
}

/// Proof of a delivery.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Proof {
    pub(crate) taken_by: String,
    pub(crate) id_last: String,
    pub(crate) signed: bool,
}

/// A parcel.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Parcel {
    pub(crate) order: Order,
    pub(crate) tracking: String,
    pub(crate) price: u64,
    pub(crate) stations: Vec<Station>,
    /// What the customer answered to each notice.
    pub(crate) answers: Vec<String>,
}

impl Parcel {
    pub(crate) fn state(&self) -> &'static str {
        self.stations.last().map_or("accepted", |s| s.state)
    }

    /// Whether the post has had it in its hands.
    pub(crate) fn is_here(&self) -> bool {
        self.stations.iter().any(|s| !matches!(s.state, "accepted" | "cancelled"))
    }

    pub(crate) fn is_over(&self) -> bool {
        matches!(self.state(), "delivered" | "returned" | "cancelled")
    }
}

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) next: u64,
    pub(crate) parcels: BTreeMap<String, Parcel>,
    /// Whether orders are taken and never answered.
    pub(crate) silent: bool,
    /// Whether every address is declined.
    pub(crate) declines: bool,
}

pub(crate) struct Office {
    pub(crate) settings: PostSettings,
    memory: Mutex<Memory>,
}

impl Office {
    pub(crate) fn new(settings: PostSettings) -> Self {
        Self {
            settings,
            memory: Mutex::default(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.settings.clock.unwrap_or_else(crate::clock::instant)
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The post's own signing: the four parts with line feeds between them, as one text.
pub(crate) fn signature(secret: &str, method: &str, path: &str, time: &str, body: &str) -> String {
    let text = [method, path, time, body].join("\n");
    match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mac) => hex::encode(mac.chain_update(text).finalize().into_bytes()),
        Err(_) => String::new(),
    }
}

/// What the post charges in VND, by its own table: how far and up to how many grams.
pub(crate) fn price(zone: &str, weight_g: u32) -> Option<u64> {
    let steps: [(u32, u64); 4] = match zone {
        "district" => [(100, 20_000), (250, 22_500), (500, 25_000), (2_000, 35_000)],
        "province" => [(100, 26_000), (250, 29_500), (500, 33_000), (2_000, 48_000)],
        "country" => [(100, 30_500), (250, 35_500), (500, 44_000), (2_000, 72_000)],
        _ => return None,
    };
    steps.into_iter().find(|(up_to, _)| weight_g <= *up_to).map(|(_, vnd)| vnd)
}
