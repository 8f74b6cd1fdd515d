//! VNPAY 2.1.0: redirect, return, notification (IPN), question (`querydr`) and refund, signed with HMAC-SHA512.
//!
//! Source: VNPAY's public documentation of the payment gateway, version 2.1.0.

mod codes;
mod notification;
mod pay_url;
mod sign;
mod transaction;

pub use codes::Reason;
pub use notification::{IpnAnswer, Notification, VnpayError};
pub use pay_url::Order;
pub use sign::signature_of;
pub(crate) use transaction::post_json;
pub use transaction::{Outcome, Question, RefundRequest};

/// What VNPAY gives to a merchant.
#[derive(Clone)]
pub struct Settings {
    /// Code of the merchant's terminal (`vnp_TmnCode`), eight characters.
    pub tmn_code: String,
    /// Secret of the signatures (`vnp_HashSecret`).
    pub secret: String,
    /// Address of the payment page.
    pub pay_url: String,
    /// Where the browser comes back to.
    pub return_url: String,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("tmn_code", &self.tmn_code)
            .field("pay_url", &self.pay_url)
            .finish_non_exhaustive()
    }
}

/// The gateway as one merchant sees it.
#[derive(Clone, Debug)]
pub struct Vnpay {
    settings: Settings,
    api_url: String,
}

impl Vnpay {
    /// The gateway with a merchant's settings.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let origin: Vec<&str> = settings.pay_url.splitn(4, '/').take(3).collect();
        Self {
            api_url: format!("{}/merchant_webapi/api/transaction", origin.join("/")),
            settings,
        }
    }

    /// The same with another address of the transaction API; an empty one keeps that beside the payment page.
    #[must_use]
    pub fn with_api(mut self, url: &str) -> Self {
        if !url.is_empty() {
            url.clone_into(&mut self.api_url);
        }
        self
    }
}
