//! The payment page.

use crate::notify::notify;
use crate::page::{escape, page};
use crate::sign::{fits, signed};
use crate::state::{Gateway, Paid};
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

type Pairs = Vec<(String, String)>;

fn pairs(query: &str) -> Pairs {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn get<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v)
}

/// Minutes are all the clock is needed for here: an order says until when it can be paid.
fn expired(pairs: &Pairs) -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "the gateway is another system with a clock of its own"
    )]
    let now = jiff::Timestamp::now();
    let local = jiff::tz::TimeZone::fixed(jiff::tz::offset(7))
        .to_datetime(now)
        .strftime("%Y%m%d%H%M%S")
        .to_string();
    let until = get(pairs, "vnp_ExpireDate");
    until.len() == 14 && until < local.as_str()
}

pub(crate) async fn show(State(gateway): State<Arc<Gateway>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let pairs = pairs(&query);
    if !fits(&gateway.settings.secret, &pairs) || get(&pairs, "vnp_TmnCode") != gateway.settings.tmn_code {
        return page("Sai chữ ký (mã 70)", "<p>Yêu cầu thanh toán không đúng chữ ký.</p>").into_response();
    }
    if expired(&pairs) {
        return page(
            "Đã quá thời gian thanh toán (mã 15)",
            "<p>Quay lại trang trước để tạo yêu cầu mới.</p>",
        )
        .into_response();
    }
    let vnd = get(&pairs, "vnp_Amount").parse::<u64>().unwrap_or(0) / 100;
    let body = format!(
        "<dl><dt>Đơn vị thu</dt><dd>{}</dd><dt>Nội dung</dt><dd>{}</dd><dt>Số tiền</dt><dd>{vnd} VND</dd><dt>Mã tham chiếu</dt>\
         <dd>{}</dd></dl><form method=\"post\" action=\"/pay\"><input type=\"hidden\" name=\"query\" value=\"{}\">\
         <button class=\"main\" name=\"code\" value=\"00\">Thanh toán</button><button name=\"code\" value=\"24\">Hủy</button>\
         <button name=\"code\" value=\"51\">Thử: không đủ tiền</button></form>",
        escape(get(&pairs, "vnp_TmnCode")),
        escape(get(&pairs, "vnp_OrderInfo")),
        escape(get(&pairs, "vnp_TxnRef")),
        escape(&query),
    );
    page("Thanh toán phí, lệ phí", &body).into_response()
}

#[derive(serde::Deserialize)]
pub(crate) struct Decision {
    query: String,
    code: String,
}

pub(crate) async fn decide(State(gateway): State<Arc<Gateway>>, axum::Form(decision): axum::Form<Decision>) -> Response {
    let order = pairs(&decision.query);
    if !fits(&gateway.settings.secret, &order) || !matches!(decision.code.as_str(), "00" | "24" | "51") {
        return page("Sai chữ ký (mã 70)", "<p>Yêu cầu thanh toán không đúng chữ ký.</p>").into_response();
    }
    let txn_ref = get(&order, "vnp_TxnRef").to_owned();
    let paid = {
        let mut memory = gateway.memory();
        let known = memory.payments.get(&txn_ref).filter(|p| p.response_code == "00").cloned();
        known.unwrap_or_else(|| {
            memory.next += 1;
            let paid = Paid {
                txn_ref: txn_ref.clone(),
                amount: get(&order, "vnp_Amount").to_owned(),
                response_code: decision.code.clone(),
                transaction_no: memory.next.to_string(),
                answers: Vec::new(),
            };
            memory.payments.insert(txn_ref, paid.clone());
            paid
        })
    };
    let said = said(&gateway, &order, &paid);
    notify(&gateway, said.clone(), paid.txn_ref).await;
    Redirect::to(&format!(
        "{}?{}",
        get(&order, "vnp_ReturnUrl"),
        signed(&gateway.settings.secret, &said)
    ))
    .into_response()
}

fn said(gateway: &Gateway, order: &Pairs, paid: &Paid) -> Pairs {
    [
        ("vnp_TmnCode", gateway.settings.tmn_code.as_str()),
        ("vnp_Amount", &paid.amount),
        ("vnp_BankCode", "NCB"),
        ("vnp_BankTranNo", &paid.transaction_no),
        ("vnp_CardType", "ATM"),
        ("vnp_OrderInfo", get(order, "vnp_OrderInfo")),
        ("vnp_PayDate", get(order, "vnp_CreateDate")),
        ("vnp_ResponseCode", &paid.response_code),
        ("vnp_TransactionNo", &paid.transaction_no),
        ("vnp_TransactionStatus", if paid.response_code == "00" { "00" } else { "02" }),
        ("vnp_TxnRef", &paid.txn_ref),
    ]
    .into_iter()
    .map(|(k, v)| (k.to_owned(), v.to_owned()))
    .collect()
}
