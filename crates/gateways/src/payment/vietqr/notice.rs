//! The bank's notice of money that came, and our order to give it back: JSON with a signature over the whole body.

use super::Bank;
use crate::GatewayError;
use crate::payment::vnpay::post_json;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Money that came to the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The bank's own number of the transaction; the same for every copy of the notice.
    pub transaction: String,
    /// The account it came to.
    pub account: String,
    /// VND.
    pub amount: u64,
    /// What the payer's app wrote.
    pub content: String,
    /// When the bank booked it.
    pub at: Timestamp,
}

/// Why a notice is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// Not signed with our secret, or changed on the way.
    #[error("the signature is wrong")]
    BadSignature,
    /// Not the JSON of a notice, or a field that cannot be.
    #[error("the notice cannot be read")]
    Unreadable,
    /// For an account that is not ours.
    #[error("the account is not ours")]
    OtherAccount,
}

/// Money to be given back by transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payout {
    /// Unique for each refund: the bank does it once.
    pub request: String,
    /// The bank's number of the transaction that brought the money; it goes back to where it came from.
    pub transaction: String,
    /// VND.
    pub amount: u64,
    /// Why.
    pub content: String,
}

/// What the bank answered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PayoutAnswer {
    /// `ok` or why not.
    pub code: String,
    /// The bank's number of the transfer back.
    #[serde(default)]
    pub transaction: String,
}

fn mac(secret: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| Hmac::new(&Default::default()));
    mac.update(body);
    mac
}

impl Bank {
    /// Reads a notice; `signature` is the hex of HMAC-SHA256 over the body.
    ///
    /// # Errors
    /// [`NoticeError`].
    pub fn verify(&self, body: &[u8], signature: &str) -> Result<Notice, NoticeError> {
        let given = hex::decode(signature.trim()).map_err(|_| NoticeError::BadSignature)?;
        if self.secret.is_empty() || mac(&self.secret, body).verify_slice(&given).is_err() {
            return Err(NoticeError::BadSignature);
        }
        let notice: Notice = serde_json::from_slice(body).map_err(|_| NoticeError::Unreadable)?;
        let number = &notice.transaction;
        if number.is_empty() || number.len() > 100 || notice.amount == 0 || notice.amount > 1_000_000_000_000 {
            return Err(NoticeError::Unreadable);
        }
        if notice.account != self.account {
            return Err(NoticeError::OtherAccount);
        }
        Ok(notice)
    }

    /// Orders the bank to give money back.
    ///
    /// # Errors
    /// [`GatewayError`], temporary when the bank cannot be reached; a refusal is no error but an answer with its code.
    pub async fn pay_out(&self, payout: &Payout) -> Result<PayoutAnswer, GatewayError> {
        let failed = |what: &str, temporary| GatewayError {
            what: what.to_owned(),
            temporary,
        };
        if self.payout_url.is_empty() {
            return Err(failed("the bank offers no way to give money back", false));
        }
        let body = serde_json::to_string(payout).map_err(|_| failed("the order cannot be written", false))?;
        let signature = hex::encode(mac(&self.secret, body.as_bytes()).finalize().into_bytes());
        let answer = post_json(&self.payout_url, body, vec![("X-Signature", signature)]).await?;
        serde_json::from_str(&answer).map_err(|_| failed("the bank's answer cannot be read", true))
    }
}
