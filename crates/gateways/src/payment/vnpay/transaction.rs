//! The transaction API: `querydr` asks what became of a payment, `refund` gives money back. Values are joined by `|` in
//! the order of the protocol and signed; the answer is signed alike and verified.

use super::pay_url::{plain, time};
use super::{Vnpay, sign};
use crate::GatewayError;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::time::Duration;

/// How long the gateway may take.
const TIMEOUT: Duration = Duration::from_secs(20);

const QUERY: [&str; 9] = [
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_TransactionDate",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
];
const REFUND: [&str; 13] = [
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TransactionType",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_TransactionNo",
    "vnp_TransactionDate",
    "vnp_CreateBy",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
];
const QUERY_ANSWER: [&str; 15] = [
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
    "vnp_PromotionCode",
    "vnp_PromotionAmount",
];

/// What is asked about.
#[derive(Clone, Debug)]
pub struct Question {
    /// Unique for each question, at most 32 characters.
    pub request_id: String,
    /// The merchant's reference.
    pub txn_ref: String,
    /// When the order was made.
    pub created: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// Money to be given back.
#[derive(Clone, Debug)]
pub struct RefundRequest {
    /// Unique for each refund, at most 32 characters: a request that comes twice is refused as `94`.
    pub request_id: String,
    /// The merchant's reference.
    pub txn_ref: String,
    /// The gateway's own number of the payment; may be empty.
    pub transaction_no: String,
    /// VND.
    pub amount_vnd: u64,
    /// Whether this is all that was paid (`02`) or a part (`03`).
    pub whole: bool,
    /// When the order was made.
    pub created: Timestamp,
    /// Who asks for it, for the gateway's records.
    pub by: String,
    /// Why; tone marks and special characters are taken out.
    pub info: String,
    /// Now.
    pub now: Timestamp,
}

/// What the gateway answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// `00` when the request itself went well, `91` unknown payment, `94` asked before, `95` not paid.
    pub response_code: String,
    /// What it says.
    pub message: String,
    /// VND.
    pub amount_vnd: u64,
    /// The gateway's own number.
    pub transaction_no: String,
    /// `00` paid, `01` not finished, `02` failed, `05` refund under way, `06` refund sent to the bank, `07` suspicious.
    pub transaction_status: String,
}

impl Outcome {
    /// Whether the payment that was asked about was made.
    #[must_use]
    pub fn paid(&self) -> bool {
        self.response_code == "00" && self.transaction_status == "00"
    }

    /// Whether the payment that was asked about can still be made.
    #[must_use]
    pub fn pending(&self) -> bool {
        self.response_code == "00" && self.transaction_status == "01"
    }
}

impl Vnpay {
    /// Asks what became of a payment (`querydr`).
    ///
    /// # Errors
    /// [`GatewayError`], temporary when the gateway cannot be reached or its answer is not signed rightly.
    pub async fn query(&self, question: &Question) -> Result<Outcome, GatewayError> {
        let values = [
            ("vnp_RequestId", question.request_id.clone()),
            ("vnp_Command", "querydr".to_owned()),
            ("vnp_TxnRef", question.txn_ref.clone()),
            ("vnp_TransactionDate", time(question.created)),
            ("vnp_CreateDate", time(question.now)),
            ("vnp_OrderInfo", format!("Hoi giao dich {}", question.txn_ref)),
        ];
        self.ask(&values, &QUERY, &QUERY_ANSWER).await
    }

    /// Gives money back.
    ///
    /// # Errors
    /// As [`Vnpay::query`]; a refusal of the gateway is no error but an [`Outcome`] with its code.
    pub async fn refund(&self, refund: &RefundRequest) -> Result<Outcome, GatewayError> {
        let values = [
            ("vnp_RequestId", refund.request_id.clone()),
            ("vnp_Command", "refund".to_owned()),
            ("vnp_TransactionType", if refund.whole { "02" } else { "03" }.to_owned()),
            ("vnp_TxnRef", refund.txn_ref.clone()),
            ("vnp_Amount", (u128::from(refund.amount_vnd) * 100).to_string()),
            ("vnp_TransactionNo", refund.transaction_no.clone()),
            ("vnp_TransactionDate", time(refund.created)),
            ("vnp_CreateBy", plain(&refund.by)),
            ("vnp_CreateDate", time(refund.now)),
            ("vnp_OrderInfo", plain(&refund.info)),
        ];
        // The answer to a refund has no promotion.
        self.ask(&values, &REFUND, &QUERY_ANSWER[..13]).await
    }

    async fn ask(&self, values: &[(&str, String)], signed: &[&str], answered: &[&str]) -> Result<Outcome, GatewayError> {
        let s = &self.settings;
        let mut request: Map<String, Value> = values
            .iter()
            .map(|(k, v)| ((*k).to_owned(), Value::from(v.clone())))
            .collect();
        for (name, value) in [
            ("vnp_Version", "2.1.0"),
            ("vnp_TmnCode", s.tmn_code.as_str()),
            ("vnp_IpAddr", "127.0.0.1"),
        ] {
            request.insert(name.to_owned(), Value::from(value));
        }
        let hash = sign::sign(&s.secret, &joined(&request, signed));
        request.insert("vnp_SecureHash".to_owned(), Value::from(hash));
        let answer = post_json(&self.api_url, Value::Object(request).to_string(), Vec::new()).await?;
        let temporary = |what: &str| GatewayError {
            what: what.to_owned(),
            temporary: true,
        };
        let Ok(Value::Object(answer)) = serde_json::from_str(&answer) else {
            return Err(temporary("the gateway's answer is not JSON"));
        };
        if !sign::verify(&s.secret, &joined(&answer, answered), &text(&answer, "vnp_SecureHash")) {
            return Err(temporary("the gateway's answer is not signed rightly"));
        }
        Ok(Outcome {
            response_code: text(&answer, "vnp_ResponseCode"),
            message: text(&answer, "vnp_Message"),
            amount_vnd: text(&answer, "vnp_Amount").parse().unwrap_or(0) / 100,
            transaction_no: text(&answer, "vnp_TransactionNo"),
            transaction_status: text(&answer, "vnp_TransactionStatus"),
        })
    }
}

/// A value as text: numbers are written as they come.
fn text(values: &Map<String, Value>, name: &str) -> String {
    match values.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn joined(values: &Map<String, Value>, names: &[&str]) -> String {
    names.iter().map(|n| text(values, n)).collect::<Vec<_>>().join("|")
}

/// Posts JSON and answers the body, on a thread that waits: a client without a runtime of its own is the lightest.
pub(crate) async fn post_json(url: &str, body: String, headers: Vec<(&'static str, String)>) -> Result<String, GatewayError> {
    let url = url.to_owned();
    let posted = tokio::task::spawn_blocking(move || {
        let mut request = ureq::post(&url)
            .config()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .build()
            .header("Content-Type", "application/json");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let mut answer = request.send(&body)?;
        answer.body_mut().read_to_string()
    })
    .await;
    let failed = |what: String, temporary| GatewayError { what, temporary };
    match posted {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(ureq::Error::StatusCode(code))) => Err(failed(format!("the gateway answered {code}"), code == 429 || code >= 500)),
        Ok(Err(error)) => {
            let wrong_setting = matches!(error, ureq::Error::BadUri(_) | ureq::Error::Http(_));
            Err(failed(format!("the gateway: {error}"), !wrong_setting))
        }
        Err(e) => Err(failed(e.to_string(), true)),
    }
}
