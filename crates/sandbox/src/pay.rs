//! The payment page.

use crate::clock;
use crate::notify::notify;
use crate::page::{dong, escape, page};
use crate::sign::{fits, get, pairs, signed};
use crate::state::{Gateway, Paid};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

type Pairs = Vec<(String, String)>;

/// What the payer can choose besides paying and cancelling.
const OUTCOMES: [(&str, &str); 7] = [
    ("51", "Thử: không đủ tiền"),
    ("65", "Thử: quá hạn mức trong ngày"),
    ("11", "Thử: hết thời gian chờ"),
    ("12", "Thử: thẻ bị khóa"),
    ("13", "Thử: sai mã OTP"),
    ("75", "Thử: ngân hàng bảo trì"),
    ("07", "Thử: giao dịch nghi ngờ"),
];

/// Why a request is not shown, as a page.
fn refusal(gateway: &Gateway, order: &Pairs) -> Option<Response> {
    let say = |status: StatusCode, title: &str, text: &str| (status, page(title, &format!("<p>{text}</p>"))).into_response();
    if !fits(&gateway.settings.secret, order) || get(order, "vnp_TmnCode") != gateway.settings.tmn_code {
        return Some(say(
            StatusCode::BAD_REQUEST,
            "Sai chữ ký (mã 70)",
            "Yêu cầu thanh toán không đúng chữ ký, nên chưa thu tiền. Hãy quay lại trang dịch vụ công và bấm thanh toán lần nữa.",
        ));
    }
    let known = get(order, "vnp_Command") == "pay" && get(order, "vnp_Version") == "2.1.0" && get(order, "vnp_CurrCode") == "VND";
    if !known || get(order, "vnp_TxnRef").is_empty() || !get(order, "vnp_Amount").parse().is_ok_and(|n: u64| n > 0) {
        return Some(say(
            StatusCode::BAD_REQUEST,
            "Yêu cầu không đúng (mã 03)",
            "Yêu cầu thanh toán thiếu hoặc sai thông tin, nên chưa thu tiền.",
        ));
    }
    let until = get(order, "vnp_ExpireDate");
    if until.len() != 14 || until < clock::now().as_str() {
        return Some(say(
            StatusCode::GONE,
            "Đã quá thời gian thanh toán (mã 15)",
            "Chưa thu tiền. Hãy quay lại trang dịch vụ công và bấm thanh toán lần nữa.",
        ));
    }
    None
}

pub(crate) async fn show(State(gateway): State<Arc<Gateway>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let order = pairs(&query);
    if let Some(refused) = refusal(&gateway, &order) {
        return refused;
    }
    let outcomes: String = OUTCOMES
        .iter()
        .map(|(code, label)| format!("<button name=\"code\" value=\"{code}\">{label}</button>"))
        .collect();
    let body = format!(
        "<p class=\"amount\">{}</p><dl><dt>Đơn vị thu</dt><dd>{}</dd><dt>Nội dung</dt><dd>{}</dd><dt>Mã tham chiếu</dt>\
         <dd>{}</dd></dl><form method=\"post\" action=\"/pay\"><input type=\"hidden\" name=\"query\" value=\"{}\">\
         <button class=\"main\" name=\"code\" value=\"00\">Thanh toán</button><button name=\"code\" value=\"24\">Hủy</button>\
         <fieldset><legend>Thử một kết quả khác</legend>{outcomes}</fieldset></form>",
        dong(get(&order, "vnp_Amount").parse().unwrap_or(0)),
        escape(get(&order, "vnp_TmnCode")),
        escape(get(&order, "vnp_OrderInfo")),
        escape(get(&order, "vnp_TxnRef")),
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
    if let Some(refused) = refusal(&gateway, &order) {
        return refused;
    }
    let code = decision.code;
    if code != "00" && code != "24" && !OUTCOMES.iter().any(|(known, _)| *known == code) {
        return (StatusCode::BAD_REQUEST, page("Không có lựa chọn này", "")).into_response();
    }
    let paid = remember(&gateway, &order, code);
    let said = said(&gateway, &order, &paid);
    notify(&gateway, said.clone(), paid.txn_ref).await;
    let answer = signed(&gateway.settings.secret, &said);
    Redirect::to(&format!("{}?{answer}", get(&order, "vnp_ReturnUrl"))).into_response()
}

/// Writes the decision down; what was paid stays paid, whatever is clicked afterwards.
fn remember(gateway: &Gateway, order: &Pairs, code: String) -> Paid {
    let txn_ref = get(order, "vnp_TxnRef");
    let mut memory = gateway.memory();
    if let Some(paid) = memory.payments.get(txn_ref).filter(|p| p.response_code == "00") {
        return paid.clone();
    }
    memory.next += 1;
    let paid = Paid {
        txn_ref: txn_ref.to_owned(),
        amount: get(order, "vnp_Amount").parse().unwrap_or(0),
        order_info: get(order, "vnp_OrderInfo").to_owned(),
        created: get(order, "vnp_CreateDate").to_owned(),
        pay_date: clock::now(),
        response_code: code,
        transaction_no: memory.next.to_string(),
        refunded: 0,
        answers: Vec::new(),
    };
    memory.payments.insert(txn_ref.to_owned(), paid.clone());
    paid
}

fn said(gateway: &Gateway, order: &Pairs, paid: &Paid) -> Pairs {
    let status = match paid.response_code.as_str() {
        "00" => "00",
        "07" => "07",
        _ => "02",
    };
    [
        ("vnp_TmnCode", gateway.settings.tmn_code.as_str()),
        ("vnp_Amount", &paid.amount.to_string()),
        ("vnp_BankCode", "NCB"),
        ("vnp_BankTranNo", &format!("VNP{}", paid.transaction_no)),
        ("vnp_CardType", "ATM"),
        ("vnp_OrderInfo", get(order, "vnp_OrderInfo")),
        ("vnp_PayDate", &paid.pay_date),
        ("vnp_ResponseCode", &paid.response_code),
        ("vnp_TransactionNo", &paid.transaction_no),
        ("vnp_TransactionStatus", status),
        ("vnp_TxnRef", &paid.txn_ref),
    ]
    .into_iter()
    .map(|(k, v)| (k.to_owned(), v.to_owned()))
    .collect()
}
