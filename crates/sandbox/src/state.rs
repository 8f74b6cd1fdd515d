//! What the gateway remembers, in memory.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
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
    /// The merchant's account at the bank.
    pub bank_account: String,
    /// Where the bank's notices go; they are signed with the same secret.
    pub bank_url: String,
    /// Pause before a notification is tried again, in milliseconds.
    pub retry_ms: u64,
}

/// What the next payment's notification shall suffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mischief {
    /// Nothing: it comes once, before the browser.
    #[default]
    None,
    /// It comes some seconds after the browser.
    Late,
    /// It comes several times at the same moment.
    Doubled,
    /// Somebody who does not know the secret sends one first.
    Forged,
    /// One with another amount comes first, rightly signed.
    Amount,
    /// It never comes.
    Never,
}

impl Mischief {
    pub(crate) const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::None, "none", "Bình thường"),
        (Self::Late, "late", "Báo muộn, sau khi người dân đã quay về"),
        (Self::Doubled, "doubled", "Báo nhiều lần cùng một lúc"),
        (Self::Forged, "forged", "Có báo giả chữ ký đến trước"),
        (Self::Amount, "amount", "Báo sai số tiền trước"),
        (Self::Never, "never", "Không báo"),
    ];
}

/// The mischief with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Plan {
    pub(crate) mischief: Mischief,
    /// Seconds after the browser, for [`Mischief::Late`].
    #[serde(default = "three")]
    pub(crate) seconds: u64,
    /// How many at once, for [`Mischief::Doubled`].
    #[serde(default = "five")]
    pub(crate) times: usize,
}

fn three() -> u64 {
    3
}

fn five() -> usize {
    5
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            mischief: Mischief::None,
            seconds: three(),
            times: five(),
        }
    }
}

/// A payment that was decided.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paid {
    pub(crate) txn_ref: String,
    /// In hundredths of a đồng, as the protocol writes it.
    pub(crate) amount: u64,
    pub(crate) order_info: String,
    /// The merchant's `vnp_CreateDate`.
    pub(crate) created: String,
    /// When it was decided, `yyyyMMddHHmmss`, GMT+7.
    pub(crate) pay_date: String,
    pub(crate) response_code: String,
    pub(crate) transaction_no: String,
    /// Given back so far, in hundredths of a đồng.
    pub(crate) refunded: u64,
    /// What the merchant answered to each notification.
    pub(crate) answers: Vec<String>,
}

/// A transfer that came to the bank.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Transfer {
    /// The bank's number.
    pub(crate) transaction: String,
    /// VND.
    pub(crate) amount: u64,
    pub(crate) content: String,
    /// RFC 3339.
    pub(crate) at: String,
    /// Given back so far, in VND.
    pub(crate) refunded: u64,
    /// What the merchant answered to each notice.
    pub(crate) answers: Vec<String>,
}

pub(crate) struct Gateway {
    pub(crate) settings: Settings,
    memory: Mutex<Memory>,
}

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) plan: Plan,
    pub(crate) payments: BTreeMap<String, Paid>,
    /// `vnp_RequestId` of what was asked by the API: each is answered once.
    pub(crate) requests: BTreeSet<String>,
    pub(crate) next: u64,
    pub(crate) transfers: Vec<Transfer>,
    /// What was answered to orders to give money back, by their number.
    pub(crate) payouts: BTreeMap<String, String>,
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
