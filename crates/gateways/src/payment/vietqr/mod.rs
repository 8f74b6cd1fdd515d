//! VietQR (NAPAS 247): the payload that a banking app scans, the bank's notice of money that came, and giving it back.
//!
//! The payload follows EMVCo's merchant-presented QR code; the notice is a POST of JSON signed with HMAC-SHA256 over the
//! body, which is how banks in Vietnam offer it to merchants (each with names of its own: a small relay of the bank or
//! of the province translates). Everything is matched by the reference, which the payer's app puts into the transfer.

mod notice;
mod payload;
mod reference;

pub use notice::{Notice, NoticeError, Payout, PayoutAnswer};
pub use payload::{PayloadError, Transfer, crc16, payload};
pub use reference::{find_reference, is_reference, reference};

/// Account of the province at its bank, and how the bank talks to us.
#[derive(Clone)]
pub struct Bank {
    /// Six digits of the bank at NAPAS (BIN).
    pub bin: String,
    /// Name of the bank, as shown.
    pub name: String,
    /// Number of the account.
    pub account: String,
    /// Holder of the account, as the payer's app will show it.
    pub holder: String,
    /// Secret of the bank's notices and of our orders to it.
    pub secret: String,
    /// Address that opens a banking app, with `{payload}`, `{bin}`, `{account}`, `{amount}` and `{reference}`; empty
    /// where there is none.
    pub app_url: String,
    /// Address where money is given back; empty where the bank offers none, and a person orders the transfer.
    pub payout_url: String,
}

impl std::fmt::Debug for Bank {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bank")
            .field("bin", &self.bin)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

impl Bank {
    /// The payload for an amount and a reference.
    ///
    /// # Errors
    /// [`PayloadError`], when the settings or the reference do not fit the format.
    pub fn payload(&self, amount_vnd: u64, reference: &str) -> Result<String, PayloadError> {
        payload(&Transfer {
            bin: &self.bin,
            account: &self.account,
            amount_vnd: Some(amount_vnd),
            reference,
        })
    }

    /// The address that opens a banking app with everything filled in; none where none is set up.
    #[must_use]
    pub fn app_link(&self, payload: &str, amount_vnd: u64, reference: &str) -> Option<String> {
        if self.app_url.is_empty() {
            return None;
        }
        let encode = |s: &str| form_urlencoded::byte_serialize(s.as_bytes()).collect::<String>();
        Some(
            self.app_url
                .replace("{payload}", &encode(payload))
                .replace("{bin}", &encode(&self.bin))
                .replace("{account}", &encode(&self.account))
                .replace("{amount}", &amount_vnd.to_string())
                .replace("{reference}", &encode(reference)),
        )
    }
}
