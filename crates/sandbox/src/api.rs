//! The transaction API: `querydr` asks what became of a payment, `refund` gives money back.

use crate::clock;
use crate::sign::signature;
use crate::state::{Gateway, Memory, Paid};
use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value};
use std::sync::Arc;

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
const ANSWER: [&str; 13] = [
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
];
/// What the answer to a query carries besides; this gateway has no promotions, so they are empty.
const PROMOTION: [&str; 2] = ["vnp_PromotionCode", "vnp_PromotionAmount"];

/// A refusal's code with its message.
type Refused = (&'static str, &'static str);

const WRONG_MERCHANT: Refused = ("02", "Merchant is not valid");
const WRONG_FORMAT: Refused = ("03", "Request data is not in the right format");
const NOT_FOUND: Refused = ("91", "Transaction is not found");
const ASKED_BEFORE: Refused = ("94", "Request is duplicated");
const NOT_PAID: Refused = ("95", "Transaction is not successful, refund is refused");
const WRONG_CHECKSUM: Refused = ("97", "Checksum is not valid");
const TOO_MUCH: Refused = ("99", "Refund is more than what was paid");

/// A value as text: numbers are written as they come.
fn text(request: &Map<String, Value>, name: &str) -> String {
    match request.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn joined(values: &Map<String, Value>, names: &[&str]) -> String {
    names.iter().map(|n| text(values, n)).collect::<Vec<_>>().join("|")
}

pub(crate) async fn transaction(State(gateway): State<Arc<Gateway>>, body: String) -> Json<Value> {
    let request = match serde_json::from_str(&body) {
        Ok(Value::Object(request)) => request,
        _ => Map::new(),
    };
    let mut memory = gateway.memory();
    let done = work(&gateway, &mut memory, &request);
    memory.next += 1;
    Json(answer(&gateway, &request, done, memory.next))
}

fn work(gateway: &Gateway, memory: &mut Memory, request: &Map<String, Value>) -> Result<Paid, Refused> {
    let get = |name: &str| text(request, name);
    let command = get("vnp_Command");
    let names: &[&str] = match command.as_str() {
        "querydr" => &QUERY,
        "refund" => &REFUND,
        _ => return Err(WRONG_FORMAT),
    };
    if get("vnp_TmnCode") != gateway.settings.tmn_code {
        return Err(WRONG_MERCHANT);
    }
    let expected = signature(&gateway.settings.secret, &joined(request, names));
    if !get("vnp_SecureHash").eq_ignore_ascii_case(&expected) {
        return Err(WRONG_CHECKSUM);
    }
    if get("vnp_Version") != "2.1.0" || get("vnp_RequestId").is_empty() {
        return Err(WRONG_FORMAT);
    }
    if !memory.requests.insert(get("vnp_RequestId")) {
        return Err(ASKED_BEFORE);
    }
    let paid = memory.payments.get_mut(&get("vnp_TxnRef")).ok_or(NOT_FOUND)?;
    if get("vnp_TransactionDate") != paid.created {
        return Err(NOT_FOUND);
    }
    if command == "refund" {
        refund(paid, &get("vnp_TransactionType"), &get("vnp_Amount"))?;
    }
    Ok(paid.clone())
}

/// Gives money back: `02` everything at once, `03` a part, never more than was paid.
fn refund(paid: &mut Paid, kind: &str, amount: &str) -> Result<(), Refused> {
    let amount: u64 = amount.parse().map_err(|_| WRONG_FORMAT)?;
    if paid.response_code != "00" {
        return Err(NOT_PAID);
    }
    let whole = match kind {
        "02" => amount == paid.amount,
        "03" => amount > 0,
        _ => return Err(WRONG_FORMAT),
    };
    match paid.refunded.checked_add(amount) {
        Some(sum) if whole && sum <= paid.amount => paid.refunded = sum,
        _ => return Err(TOO_MUCH),
    }
    Ok(())
}

fn answer(gateway: &Gateway, request: &Map<String, Value>, done: Result<Paid, Refused>, id: u64) -> Value {
    let refunding = text(request, "vnp_Command") == "refund";
    let mut said = Map::new();
    let mut say = |name: &str, value: String| said.insert(name.to_owned(), Value::String(value));
    say("vnp_ResponseId", format!("{id:032}"));
    say("vnp_Command", text(request, "vnp_Command"));
    say("vnp_TmnCode", gateway.settings.tmn_code.clone());
    say("vnp_TxnRef", text(request, "vnp_TxnRef"));
    match done {
        Err((code, message)) => {
            say("vnp_ResponseCode", code.to_owned());
            say("vnp_Message", message.to_owned());
        }
        Ok(paid) => {
            let (kind, amount, number, status) = if refunding {
                // Refunds are on their way to the bank (05) until the bank has answered, which this gateway's never does.
                (
                    text(request, "vnp_TransactionType"),
                    text(request, "vnp_Amount"),
                    id.to_string(),
                    "05",
                )
            } else {
                let status = match paid.response_code.as_str() {
                    "00" => "00",
                    "07" => "07",
                    _ => "02",
                };
                ("01".to_owned(), paid.amount.to_string(), paid.transaction_no, status)
            };
            say("vnp_ResponseCode", "00".to_owned());
            say("vnp_Message", "Success".to_owned());
            say("vnp_Amount", amount);
            say("vnp_BankCode", "NCB".to_owned());
            say("vnp_PayDate", if refunding { clock::now() } else { paid.pay_date });
            say("vnp_TransactionNo", number);
            say("vnp_TransactionType", kind);
            say("vnp_TransactionStatus", status.to_owned());
            say(
                "vnp_OrderInfo",
                if refunding {
                    text(request, "vnp_OrderInfo")
                } else {
                    paid.order_info
                },
            );
        }
    }
    let promotion: &[&str] = if refunding { &[] } else { &PROMOTION };
    let signed = [&ANSWER[..], promotion].concat();
    let checksum = signature(&gateway.settings.secret, &joined(&said, &signed));
    said.insert("vnp_SecureHash".to_owned(), Value::String(checksum));
    Value::Object(said)
}
