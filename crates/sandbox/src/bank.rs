//! The bank: reads a VietQR code with its own code, takes the transfer, tells the merchant, gives money back.

use crate::clock;
use crate::page::{dong, escape, page};
use crate::state::{Gateway, Mischief, Plan, Transfer};
use axum::Form;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use std::sync::Arc;
use std::time::Duration;

/// How often a notice is tried until the merchant takes it.
const TRIES: usize = 10;

/// What a code says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) bin: String,
    pub(crate) account: String,
    pub(crate) amount: Option<u64>,
    pub(crate) content: String,
}

/// The fields of a level: two digits of tag, two of length, the value.
fn fields(mut text: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    while !text.is_empty() {
        let (tag, length) = (text.get(..2)?, text.get(2..4)?.parse::<usize>().ok()?);
        found.push((tag, text.get(4..4 + length)?));
        text = text.get(4 + length..)?;
    }
    Some(found)
}

fn value<'a>(fields: &[(&'a str, &'a str)], tag: &str) -> Option<&'a str> {
    fields.iter().find(|(t, _)| *t == tag).map(|(_, v)| *v)
}

/// The checksum by a table, so that it is not the merchant's code over again.
fn checksum(bytes: &[u8]) -> u16 {
    let table: Vec<u16> = (0..=255u16)
        .map(|i| {
            let mut r = i << 8;
            for _ in 0..8 {
                let carry = r & 0x8000 != 0;
                r <<= 1;
                if carry {
                    r ^= 0x1021;
                }
            }
            r
        })
        .collect();
    let mut crc = 0xffffu16;
    for b in bytes {
        crc = crc << 8 ^ table[usize::from((crc >> 8) as u8 ^ b)];
    }
    crc
}

/// Reads a code; none when it is not one, or its checksum is wrong.
pub(crate) fn read(payload: &str) -> Option<Code> {
    let (body, sum) = payload.split_at_checked(payload.len().checked_sub(4)?)?;
    if !body.ends_with("6304") || u16::from_str_radix(sum, 16).ok()? != checksum(body.as_bytes()) {
        return None;
    }
    let all = fields(payload)?;
    if value(&all, "53") != Some("704") || value(&all, "58") != Some("VN") {
        return None;
    }
    let napas = fields(value(&all, "38")?)?;
    let to = fields(value(&napas, "01")?)?;
    let content = match value(&all, "62") {
        Some(more) => value(&fields(more)?, "08").unwrap_or("").to_owned(),
        None => String::new(),
    };
    Some(Code {
        bin: value(&to, "00")?.to_owned(),
        account: value(&to, "01")?.to_owned(),
        amount: match value(&all, "54") {
            Some(amount) => Some(amount.parse().ok()?),
            None => None,
        },
        content,
    })
}

#[derive(Deserialize, Default)]
pub(crate) struct Scanned {
    #[serde(default)]
    qr: String,
}

/// What a payer sees after scanning, and what came so far.
pub(crate) async fn show(State(gateway): State<Arc<Gateway>>, Query(scanned): Query<Scanned>) -> Html<String> {
    let mut body = "<p>Quét mã thay bằng dán nội dung mã vào ô này.</p><form method=\"get\"><label>Nội dung mã VietQR \
                    <input name=\"qr\"></label><button>Đọc mã</button></form>"
        .to_owned();
    match read(&scanned.qr) {
        Some(code) => {
            let modes: String = Mischief::ALL
                .iter()
                .map(|(_, value, label)| format!("<option value=\"{value}\">{label}</option>"))
                .collect();
            body += &format!(
                "<h2>Chuyển khoản</h2><form method=\"post\"><dl><dt>Ngân hàng</dt><dd>{}</dd><dt>Tài khoản</dt><dd>{}</dd></dl>\
                 <label>Số tiền (đồng) <input name=\"amount\" value=\"{}\"></label><label>Nội dung <input name=\"content\" \
                 value=\"{}\"></label><input type=\"hidden\" name=\"account\" value=\"{}\"><label>Ngân hàng báo \
                 <select name=\"mischief\">{modes}</select></label><button class=\"main\">Chuyển tiền</button></form>",
                escape(&code.bin),
                escape(&code.account),
                code.amount.map_or_else(String::new, |a| a.to_string()),
                escape(&code.content),
                escape(&code.account),
            );
        }
        None if !scanned.qr.is_empty() => body += "<p>Mã không đọc được hoặc sai số kiểm tra. Chưa chuyển tiền.</p>",
        None => {}
    }
    body += "<h2>Tiền đã đến</h2><table><tr><th>Số</th><th>Số tiền</th><th>Nội dung</th><th>Đã trả lại</th><th>Trả lời</th></tr>";
    for t in &gateway.memory().transfers {
        let answers: Vec<_> = t.answers.iter().map(|a| escape(a)).collect();
        body += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            t.transaction,
            dong(t.amount * 100),
            escape(&t.content),
            dong(t.refunded * 100),
            answers.join("<br>")
        );
    }
    body += "</table><p><a href=\"/bank/statement.csv\">Sao kê (CSV)</a></p>";
    page("Ngân hàng thử nghiệm", &body)
}

#[derive(Deserialize)]
pub(crate) struct Ordered {
    amount: u64,
    #[serde(default)]
    content: String,
    account: String,
    #[serde(default)]
    mischief: Mischief,
}

/// Takes a transfer and tells the merchant.
pub(crate) async fn transfer(State(gateway): State<Arc<Gateway>>, Form(ordered): Form<Ordered>) -> Response {
    if ordered.amount == 0 || ordered.account != gateway.settings.bank_account {
        return (
            StatusCode::BAD_REQUEST,
            page("Không chuyển được", "<p>Sai số tiền hoặc tài khoản.</p>"),
        )
            .into_response();
    }
    let transfer = {
        let mut memory = gateway.memory();
        memory.next += 1;
        let transfer = Transfer {
            transaction: format!("FT{}", memory.next),
            amount: ordered.amount,
            content: format!("{} CT DEN", ordered.content),
            at: clock::now_utc(),
            refunded: 0,
            answers: Vec::new(),
        };
        memory.transfers.push(transfer.clone());
        transfer
    };
    let plan = Plan {
        mischief: ordered.mischief,
        ..Plan::default()
    };
    tell(&gateway, &transfer, plan).await;
    let body = format!(
        "<p class=\"amount\">{}</p><dl><dt>Số giao dịch</dt><dd>{}</dd></dl><p>Quay lại trang dịch vụ công để xem.</p>",
        dong(transfer.amount * 100),
        transfer.transaction
    );
    page("Đã chuyển tiền", &body).into_response()
}

async fn tell(gateway: &Arc<Gateway>, transfer: &Transfer, plan: Plan) {
    let body = |amount: u64| {
        serde_json::json!({
            "transaction": transfer.transaction, "account": gateway.settings.bank_account, "amount": amount,
            "content": transfer.content, "at": transfer.at,
        })
        .to_string()
    };
    let secret = gateway.settings.secret.clone();
    let right = body(transfer.amount);
    let later = |seconds: u64| {
        let (gateway, right, secret, number) = (gateway.clone(), right.clone(), secret.clone(), transfer.transaction.clone());
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            for _ in 0..TRIES {
                if send(&gateway, &right, signature(&secret, right.as_bytes()), &number).await {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(gateway.settings.retry_ms)).await;
            }
        })
    };
    match plan.mischief {
        Mischief::Never => return,
        Mischief::Late => {
            later(plan.seconds);
            return;
        }
        Mischief::Doubled => {
            for _ in 1..plan.times.min(50) {
                later(0);
            }
        }
        Mischief::Forged => {
            send(
                gateway,
                &right,
                signature("not the secret", right.as_bytes()),
                &transfer.transaction,
            )
            .await;
        }
        Mischief::Amount => {
            // Changed on the way, under the signature of the right one.
            let signed = signature(&secret, right.as_bytes());
            send(gateway, &body(1), signed, &transfer.transaction).await;
        }
        Mischief::None => {}
    }
    if !send(gateway, &right, signature(&secret, right.as_bytes()), &transfer.transaction).await {
        later(0);
    }
}

fn signature(secret: &str, body: &[u8]) -> String {
    match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mut mac) => {
            mac.update(body);
            hex::encode(mac.finalize().into_bytes())
        }
        Err(_) => String::new(),
    }
}

/// One try; answers whether the merchant took it.
async fn send(gateway: &Arc<Gateway>, body: &str, signed: String, number: &str) -> bool {
    let (url, body) = (gateway.settings.bank_url.clone(), body.to_owned());
    let answer = tokio::task::spawn_blocking(move || {
        let mut answer = ureq::post(&url)
            .config()
            .timeout_global(Some(Duration::from_secs(20)))
            .http_status_as_error(false)
            .build()
            .header("Content-Type", "application/json")
            .header("X-Signature", &signed)
            .send(&body)
            .map_err(|e| e.to_string())?;
        let taken = answer.status().is_success();
        let text = answer.body_mut().read_to_string().map_err(|e| e.to_string())?;
        Ok::<_, String>((taken, text))
    })
    .await;
    let (taken, text) = match answer {
        Ok(Ok(answer)) => answer,
        Ok(Err(e)) => (false, e),
        Err(e) => (false, e.to_string()),
    };
    if let Some(t) = gateway.memory().transfers.iter_mut().find(|t| t.transaction == number) {
        t.answers.push(text);
    }
    taken
}

#[derive(Deserialize)]
struct Payout {
    request: String,
    transaction: String,
    amount: u64,
}

/// Gives money back where it came from: each order once, never more than came.
pub(crate) async fn payout(State(gateway): State<Arc<Gateway>>, headers: HeaderMap, body: Bytes) -> Response {
    let given = headers.get("x-signature").and_then(|v| v.to_str().ok()).unwrap_or("");
    if !given.eq_ignore_ascii_case(&signature(&gateway.settings.secret, &body)) {
        return (StatusCode::FORBIDDEN, "signature").into_response();
    }
    let Ok(order) = serde_json::from_slice::<Payout>(&body) else {
        return (StatusCode::UNPROCESSABLE_ENTITY, "unreadable").into_response();
    };
    let mut memory = gateway.memory();
    if let Some(answer) = memory.payouts.get(&order.request) {
        return answer.clone().into_response();
    }
    memory.next += 1;
    let number = format!("FT{}", memory.next);
    let transfer = memory.transfers.iter_mut().find(|t| t.transaction == order.transaction);
    let code = match transfer {
        None => "unknown",
        Some(t) if order.amount == 0 || t.refunded + order.amount > t.amount => "too_much",
        Some(t) => {
            t.refunded += order.amount;
            "ok"
        }
    };
    let answer = serde_json::json!({ "code": code, "transaction": number }).to_string();
    memory.payouts.insert(order.request, answer.clone());
    answer.into_response()
}

pub(crate) async fn transfers(State(gateway): State<Arc<Gateway>>) -> Json<Vec<Transfer>> {
    Json(gateway.memory().transfers.clone())
}

/// The account's statement as the bank exports it.
pub(crate) async fn statement(State(gateway): State<Arc<Gateway>>) -> impl IntoResponse {
    let mut csv = String::from("Ngày giao dịch,Số giao dịch,Ghi có,Ghi nợ,Nội dung\r\n");
    for t in &gateway.memory().transfers {
        csv += &format!(
            "{},{},{},0,\"{}\"\r\n",
            t.at,
            t.transaction,
            t.amount,
            t.content.replace('"', "\"\"")
        );
    }
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], csv)
}

#[cfg(test)]
mod tests {
    use super::{Code, read};

    #[test]
    fn a_code_is_read_and_a_changed_one_is_not() {
        let text = "00020101021238570010A00000072701270006970436011300110041234560208QRIBFTTA5303704540515000\
                    5802VN62170813MC0123456789X630400A5";
        let code = Code {
            bin: "970436".into(),
            account: "0011004123456".into(),
            amount: Some(15_000),
            content: "MC0123456789X".into(),
        };
        assert_eq!(read(text), Some(code));
        assert_eq!(read(&text.replace("15000", "15001")), None);
        for wrong in ["", "6304", "x", "0002016304FFFF"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
