//! The control page: what the next signature shall suffer, and whose certificate is taken back.

use super::Service;
use crate::page::{escape, page};
use axum::extract::State;
use axum::response::{Html, Redirect};
use serde::Deserialize;
use std::sync::Arc;
use time::OffsetDateTime;

/// The service's own clock.
pub(super) fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// What the next signature shall suffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mischief {
    /// Nothing.
    #[default]
    None,
    /// The signature of another document comes back.
    Other,
    /// The certificate was in force until 2019 only.
    Expired,
    /// The certificate was taken back before.
    Revoked,
    /// The certificate is of an authority that nobody trusts.
    Stranger,
    /// It comes late.
    Late,
    /// It never comes.
    Never,
}

impl Mischief {
    const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::None, "none", "Bình thường"),
        (Self::Other, "other", "Trả chữ ký của tài liệu khác"),
        (Self::Expired, "expired", "Chứng thư đã hết hạn"),
        (Self::Revoked, "revoked", "Chứng thư đã bị thu hồi"),
        (Self::Stranger, "stranger", "Chứng thư của nơi không ai tin"),
        (Self::Late, "late", "Ký muộn"),
        (Self::Never, "never", "Không ký"),
    ];
}

/// The mischief with its number, or a key whose certificate is taken back now.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// What happens.
    pub mischief: Mischief,
    /// How late, for [`Mischief::Late`]; or from how many seconds after now a certificate is taken back.
    pub seconds: i64,
    /// Whose certificate is taken back; nobody's when empty.
    pub revoke: String,
}

pub(super) async fn show(State(service): State<Arc<Service>>) -> Html<String> {
    let memory = service.memory();
    let mut body = "<form method=\"post\">".to_owned();
    for (kind, value, label) in Mischief::ALL {
        let checked = if kind == memory.plan.mischief { " checked" } else { "" };
        body += &format!("<label><input type=\"radio\" name=\"mischief\" value=\"{value}\"{checked}> {label}</label>");
    }
    body += "<label>Muộn mấy giây <input type=\"number\" name=\"seconds\" min=\"0\" max=\"60\" value=\"3\"></label>\
             <button class=\"main\">Đặt cho chữ ký tới</button></form><h2>Các khóa đã dùng</h2><ul>";
    for id in memory.authority.known() {
        let times = memory.signed.iter().filter(|s| **s == id).count();
        let id = escape(&id);
        body += &format!(
            "<li>{id}: {times} chữ ký <form method=\"post\"><input type=\"hidden\" name=\"revoke\" value=\"{id}\">\
             <button>Thu hồi chứng thư</button></form></li>"
        );
    }
    body += "</ul>";
    page("Điều khiển dịch vụ ký thử nghiệm", &body)
}

pub(super) async fn change(State(service): State<Arc<Service>>, axum::Form(plan): axum::Form<Plan>) -> Redirect {
    let mut memory = service.memory();
    if plan.revoke.is_empty() {
        memory.plan = plan;
    } else {
        memory.authority.revoke(&plan.revoke, plan.seconds);
    }
    Redirect::to("/control")
}
