//! The address that the browser is sent to.

use super::{Vnpay, sign};
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use std::collections::BTreeMap;

/// A payment order.
#[derive(Clone, Debug)]
pub struct Order {
    /// The merchant's reference, unique, at most 100 characters.
    pub txn_ref: String,
    /// Amount in VND.
    pub amount_vnd: u64,
    /// What it is for; tone marks and special characters are taken out, at most 255 characters.
    pub info: String,
    /// Address of the payer's machine.
    pub ip: String,
    /// When it was made.
    pub created: Timestamp,
    /// Until when it can be paid.
    pub expires: Timestamp,
    /// `vi` or `en`.
    pub locale: String,
    /// `VNPAYQR`, `VNBANK` or `INTCARD`; none lets the payer choose.
    pub bank_code: Option<String>,
}

impl Vnpay {
    /// The signed address of the payment page.
    #[must_use]
    pub fn pay_url(&self, order: &Order) -> String {
        let s = &self.settings;
        let time = |at: Timestamp| {
            TimeZone::fixed(offset(7))
                .to_datetime(at)
                .strftime("%Y%m%d%H%M%S")
                .to_string()
        };
        let params: BTreeMap<String, String> = [
            ("vnp_Version", "2.1.0".to_owned()),
            ("vnp_Command", "pay".to_owned()),
            ("vnp_TmnCode", s.tmn_code.clone()),
            // The gateway counts in hundredths of a đồng.
            ("vnp_Amount", (u128::from(order.amount_vnd) * 100).to_string()),
            ("vnp_CurrCode", "VND".to_owned()),
            ("vnp_TxnRef", order.txn_ref.clone()),
            ("vnp_OrderInfo", plain(&order.info)),
            ("vnp_OrderType", "other".to_owned()),
            ("vnp_Locale", if order.locale == "en" { "en" } else { "vn" }.to_owned()),
            ("vnp_ReturnUrl", s.return_url.clone()),
            ("vnp_IpAddr", order.ip.clone()),
            ("vnp_CreateDate", time(order.created)),
            ("vnp_ExpireDate", time(order.expires)),
            ("vnp_BankCode", order.bank_code.clone().unwrap_or_default()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        let query = sign::query(&params);
        format!("{}?{query}&vnp_SecureHash={}", s.pay_url, sign::sign(&s.secret, &query))
    }
}

/// Letters, digits, spaces and the marks of a dossier's code; everything else becomes a space.
fn plain(info: &str) -> String {
    info.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-') {
                c
            } else {
                ' '
            }
        })
        .take(255)
        .collect()
}
