//! The control page: what the next notification shall suffer, and what was paid.

use crate::page::{dong, escape, page};
use crate::state::{Gateway, Mischief, Paid, Plan};
use axum::Json;
use axum::extract::State;
use axum::response::{Html, Redirect};
use std::sync::Arc;

pub(crate) async fn show(State(gateway): State<Arc<Gateway>>) -> Html<String> {
    let memory = gateway.memory();
    let mut body = "<form method=\"post\">".to_owned();
    for (kind, value, label) in Mischief::ALL {
        let checked = if kind == memory.plan.mischief { " checked" } else { "" };
        body += &format!("<label><input type=\"radio\" name=\"mischief\" value=\"{value}\"{checked}> {label}</label>");
    }
    body += &format!(
        "<label>Muộn mấy giây <input type=\"number\" name=\"seconds\" min=\"0\" max=\"3600\" value=\"{}\"></label>\
         <label>Báo mấy lần <input type=\"number\" name=\"times\" min=\"1\" max=\"50\" value=\"{}\"></label>\
         <button class=\"main\">Đặt cho lần thanh toán tới</button></form><h2>Các lần thanh toán</h2>\
         <table><tr><th>Mã</th><th>Số tiền</th><th>Kết quả</th><th>Trả lời</th></tr>",
        memory.plan.seconds, memory.plan.times,
    );
    for paid in memory.payments.values() {
        let answers: Vec<_> = paid.answers.iter().map(|a| escape(a)).collect();
        body += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(&paid.txn_ref),
            dong(paid.amount),
            escape(&paid.response_code),
            answers.join("<br>")
        );
    }
    body += "</table><p><a href=\"/bank\">Ngân hàng thử nghiệm (VietQR)</a></p>";
    page("Điều khiển cổng thử nghiệm", &body)
}

pub(crate) async fn change(State(gateway): State<Arc<Gateway>>, axum::Form(plan): axum::Form<Plan>) -> Redirect {
    gateway.memory().plan = plan;
    Redirect::to("/control")
}

pub(crate) async fn payments(State(gateway): State<Arc<Gateway>>) -> Json<Vec<Paid>> {
    Json(gateway.memory().payments.values().cloned().collect())
}
