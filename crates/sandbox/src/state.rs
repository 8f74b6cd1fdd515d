//! What the gateway remembers, in memory.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the gateway is told at its start.
#[derive(Clone)]
pub struct Settings {
    /// The merchant's terminal.
    pub tmn_code: String,
    /// The merchant's secret.
    pub secret: String,
    /// Where notifications go.
    pub ipn_url: String,
    /// Pause before a notification is tried again, in milliseconds.
    pub retry_ms: u64,
}

/// What the next payment's notification shall suffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mischief {
    /// Nothing.
    #[default]
    None,
    /// It comes three seconds after the browser.
    Late,
    /// It comes five times.
    Doubled,
    /// It is signed with another secret first, then rightly.
    Forged,
    /// It says another amount first, then the right one.
    Amount,
    /// It never comes.
    Never,
}

impl Mischief {
    pub(crate) const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::None, "none", "Bình thường"),
        (Self::Late, "late", "Báo muộn 3 giây"),
        (Self::Doubled, "doubled", "Báo 5 lần"),
        (Self::Forged, "forged", "Báo giả chữ ký trước"),
        (Self::Amount, "amount", "Báo sai số tiền trước"),
        (Self::Never, "never", "Không báo"),
    ];
}

/// A payment that was decided.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paid {
    pub(crate) txn_ref: String,
    pub(crate) amount: String,
    pub(crate) response_code: String,
    pub(crate) transaction_no: String,
    /// What the merchant answered to each notification.
    pub(crate) answers: Vec<String>,
}

pub(crate) struct Gateway {
    pub(crate) settings: Settings,
    memory: Mutex<Memory>,
}

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) mischief: Mischief,
    pub(crate) payments: BTreeMap<String, Paid>,
    pub(crate) next: u64,
}

impl Gateway {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            memory: Mutex::new(Memory {
                next: 14_000_000,
                ..Memory::default()
            }),
        }
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
