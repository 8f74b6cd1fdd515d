//! The address that the browser is sent to.

use super::{Vnpay, sign};
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most characters of `vnp_OrderInfo`.
const INFO: usize = 255;

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

/// A time as the protocol writes it: `yyyyMMddHHmmss`, GMT+7.
pub(super) fn time(at: Timestamp) -> String {
    TimeZone::fixed(offset(7))
        .to_datetime(at)
        .strftime("%Y%m%d%H%M%S")
        .to_string()
}

/// Without tone marks; letters, digits, spaces and the marks of a dossier's code stay, everything else becomes a space.
pub(super) fn plain(info: &str) -> String {
    let letters = info.nfd().filter(|c| !is_combining_mark(*c)).map(|c| match c {
        'đ' => 'd',
        'Đ' => 'D',
        c if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') => c,
        _ => ' ',
    });
    let spaced: String = letters.collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").chars().take(INFO).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn the_order_information_has_neither_tone_marks_nor_special_characters() {
        assert_eq!(
            plain("Lệ phí: Đổi giấy phép <lái xe> & đất"),
            "Le phi Doi giay phep lai xe dat"
        );
        assert_eq!(plain("Le\u{323}\u{302} phi\u{301}"), "Le phi");
        assert_eq!(plain("000.24.12.H55-200330-0001"), "000.24.12.H55-200330-0001");
        assert_eq!(plain("🏠\u{202e}nhà"), "nha");
        assert_eq!(plain(&"ạ".repeat(400)).len(), 255);
    }
}
