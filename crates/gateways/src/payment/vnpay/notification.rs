//! What comes back: the notification from server to server and the return of the browser, signed alike.

use super::{Reason, Vnpay, sign};
use std::collections::BTreeMap;

/// What the gateway says about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The merchant's reference.
    pub txn_ref: String,
    /// Amount in VND.
    pub amount_vnd: u64,
    /// `00` when the payer's side went well.
    pub response_code: String,
    /// `00` when the transaction itself is settled; the response code where the gateway leaves it out.
    pub transaction_status: String,
    /// The gateway's own number.
    pub transaction_no: String,
    /// The payer's bank.
    pub bank_code: String,
    /// `yyyyMMddHHmmss`, GMT+7.
    pub pay_date: String,
    /// Paid: response and transaction both `00`.
    pub paid: bool,
}

impl Notification {
    /// What the response code means.
    #[must_use]
    pub fn reason(&self) -> Reason {
        Reason::of_code(&self.response_code)
    }
}

/// Why a notification cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VnpayError {
    /// Not signed with our secret, or changed on the way.
    #[error("the signature is wrong")]
    BadSignature,
    /// A parameter comes twice: which one was signed cannot be told.
    #[error("{0} comes twice")]
    Doubled(String),
    /// A parameter is missing or cannot be read.
    #[error("{0} is missing or cannot be read")]
    Unreadable(&'static str),
}

/// What the gateway is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IpnAnswer {
    /// `00`.
    Confirmed,
    /// `01`.
    OrderNotFound,
    /// `02`.
    AlreadyConfirmed,
    /// `04`.
    WrongAmount,
    /// `97`.
    WrongSignature,
    /// `99`: try again.
    Other,
}

impl IpnAnswer {
    /// The answer as the protocol writes it.
    #[must_use]
    pub fn to_json(self) -> String {
        let (code, message) = match self {
            Self::Confirmed => ("00", "Confirm Success"),
            Self::OrderNotFound => ("01", "Order not found"),
            Self::AlreadyConfirmed => ("02", "Order already confirmed"),
            Self::WrongAmount => ("04", "Invalid amount"),
            Self::WrongSignature => ("97", "Invalid signature"),
            Self::Other => ("99", "Unknown error"),
        };
        format!(r#"{{"RspCode":"{code}","Message":"{message}"}}"#)
    }
}

impl Vnpay {
    /// Reads and verifies the query of a notification or a return, in whatever order the parameters come.
    ///
    /// # Errors
    /// [`VnpayError`].
    pub fn verify(&self, query: &str) -> Result<Notification, VnpayError> {
        let mut params: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if !name.starts_with("vnp_") {
                continue;
            }
            if params.insert(name.to_string(), value.into_owned()).is_some() {
                return Err(VnpayError::Doubled(name.into_owned()));
            }
        }
        let signature = params.remove("vnp_SecureHash").ok_or(VnpayError::BadSignature)?;
        params.remove("vnp_SecureHashType");
        if !sign::verify_params(&self.settings.secret, &params, &signature)
            || params.get("vnp_TmnCode") != Some(&self.settings.tmn_code)
        {
            return Err(VnpayError::BadSignature);
        }
        let take = |name: &'static str| params.get(name).cloned().ok_or(VnpayError::Unreadable(name));
        let hundredths: u64 = take("vnp_Amount")?
            .parse()
            .map_err(|_| VnpayError::Unreadable("vnp_Amount"))?;
        if !hundredths.is_multiple_of(100) {
            return Err(VnpayError::Unreadable("vnp_Amount"));
        }
        let response_code = take("vnp_ResponseCode")?;
        let transaction_status = params.get("vnp_TransactionStatus").unwrap_or(&response_code).clone();
        Ok(Notification {
            txn_ref: take("vnp_TxnRef")?,
            amount_vnd: hundredths / 100,
            paid: response_code == "00" && transaction_status == "00",
            transaction_no: params.get("vnp_TransactionNo").cloned().unwrap_or_default(),
            bank_code: params.get("vnp_BankCode").cloned().unwrap_or_default(),
            pay_date: params.get("vnp_PayDate").cloned().unwrap_or_default(),
            response_code,
            transaction_status,
        })
    }
}
