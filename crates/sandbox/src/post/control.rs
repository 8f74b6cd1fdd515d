//! The control page: parcels, where each goes next, and what its notices shall suffer.

use super::state::{Mischief, Office, Parcel, Proof, Station};
use super::tell;
use crate::page::{dong, escape};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde::Deserialize;
use std::sync::Arc;

/// What a press makes of a parcel: one station, or a whole way.
const WAYS: [(&str, &str, &[&str]); 10] = [
    ("collected", "Đã nhận gửi", &["collected"]),
    ("in_transit", "Đang vận chuyển", &["in_transit"]),
    ("out_for_delivery", "Đang đi phát", &["out_for_delivery"]),
    ("failed", "Phát không được", &["failed"]),
    ("held", "Giữ ở bưu cục", &["held"]),
    ("delivered", "Đã phát", &["delivered"]),
    ("returning", "Đang chuyển hoàn", &["returning"]),
    ("returned", "Đã hoàn về nơi gửi", &["returned"]),
    (
        "whole",
        "Đi cả đường rồi phát",
        &["collected", "in_transit", "out_for_delivery", "delivered"],
    ),
    (
        "three_tries",
        "Ba lần không phát được, hoàn về",
        &[
            "collected",
            "out_for_delivery",
            "failed",
            "out_for_delivery",
            "failed",
            "out_for_delivery",
            "failed",
            "returning",
            "returned",
        ],
    ),
];

pub(crate) async fn show(State(office): State<Arc<Office>>) -> Html<String> {
    let memory = office.memory();
    let box_ = |name: &str, on: bool, label: &str| {
        let checked = if on { " checked" } else { "" };
        format!("<label><input type=\"checkbox\" name=\"{name}\"{checked}> {label}</label>")
    };
    let mut body = format!(
        "<form method=\"post\">{}{}<button class=\"main\">Đặt</button></form><h2>Bưu gửi</h2>",
        box_("silent", memory.silent, "Nhận đơn nhưng không bao giờ trả lời"),
        box_("declines", memory.declines, "Từ chối mọi địa chỉ"),
    );
    for p in memory.parcels.values() {
        let ways: String = WAYS
            .iter()
            .map(|(name, label, _)| format!("<button name=\"go\" value=\"{name}\">{label}</button>"))
            .collect();
        let mischief: String = Mischief::ALL
            .iter()
            .map(|(value, label)| format!("<option value=\"{value}\">{label}</option>"))
            .collect();
        let answers: Vec<_> = p.answers.iter().map(|a| escape(a)).collect();
        body += &format!(
            "<fieldset><legend>{} · {}</legend><p>{} · {} · thu hộ {} · {}</p><form method=\"post\" action=\"/parcels/{}\">\
             <label>Báo tin <select name=\"mischief\">{mischief}</select></label>\
             <label>Người nhận <input name=\"taken_by\" value=\"{}\"></label>\
             <label>Bốn số cuối <input name=\"id_last\" value=\"1234\"></label>{ways}</form><p>{}</p></fieldset>",
            p.tracking,
            escape(&p.order.dossier),
            escape(&p.order.person_name),
            escape(&p.order.person_address),
            dong(p.order.collect * 100),
            p.state(),
            escape(&p.order.reference),
            escape(&p.order.person_name),
            answers.join("<br>"),
        );
    }
    let page = crate::page::page("Điều khiển bưu điện thử nghiệm", &body);
    Html(page.0.replace("Cổng thanh toán thử nghiệm", "Bưu điện thử nghiệm"))
}

/// What the boxes of the page say.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Boxes {
    silent: String,
    declines: String,
}

pub(crate) async fn change(State(office): State<Arc<Office>>, Form(boxes): Form<Boxes>) -> Redirect {
    let mut memory = office.memory();
    memory.silent = !boxes.silent.is_empty();
    memory.declines = !boxes.declines.is_empty();
    Redirect::to("/control")
}

pub(crate) async fn parcels(State(office): State<Arc<Office>>) -> Json<Vec<Parcel>> {
    Json(office.memory().parcels.values().cloned().collect())
}

/// Where a parcel goes.
#[derive(Deserialize)]
pub(crate) struct Going {
    go: String,
    #[serde(default)]
    mischief: Mischief,
    #[serde(default)]
    taken_by: String,
    #[serde(default)]
    id_last: String,
    #[serde(default = "try_reason")]
    reason: String,
}

fn try_reason() -> String {
    "không có người ở nhà".to_owned()
}

pub(crate) async fn go(State(office): State<Arc<Office>>, Path(reference): Path<String>, Form(going): Form<Going>) -> Response {
    let Some((_, _, states)) = WAYS.iter().find(|w| w.0 == going.go) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut told: Vec<Station> = Vec::new();
    {
        let now = office.now();
        let mut memory = office.memory();
        let Some(p) = memory.parcels.get_mut(&reference) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        for state in *states {
            let mut station = tell::station(p, state, now);
            "Bưu cục Võ Nhai".clone_into(&mut station.place);
            if *state == "failed" {
                station.reason.clone_from(&going.reason);
            }
            if *state == "delivered" {
                station.collected = p.order.collect;
                station.proof = Some(Proof {
                    taken_by: going.taken_by.clone(),
                    id_last: going.id_last.clone(),
                    signed: true,
                });
            }
            p.stations.push(station.clone());
            told.push(station);
        }
    }
    tell::tell(&office, told, going.mischief).await;
    Redirect::to("/control").into_response()
}
