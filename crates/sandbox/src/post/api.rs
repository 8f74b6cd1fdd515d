//! The interface for customers: every request is signed.

use super::state::{Office, Order, Parcel, Station, price, signature};
use super::tell;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// How far the customer's clock may be from the post's, in seconds.
const WINDOW: i64 = 15 * 60;
/// The post waits with an answer that never comes for as long as anybody listens.
const NEVER: std::time::Duration = std::time::Duration::from_secs(3600);

fn answer(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

fn declined(status: StatusCode, code: &str, message: &str) -> Response {
    answer(status, &json!({ "code": code, "message": message }))
}

/// Refuses who is not the customer.
fn refused(office: &Office, method: &Method, path: &str, headers: &HeaderMap, body: &str) -> Option<Response> {
    let get = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
    let time = get("x-time");
    let right = signature(&office.settings.secret, method.as_str(), path, time, body);
    let given = get("x-signature");
    let fits = !given.is_empty() && given.eq_ignore_ascii_case(&right) && get("x-client") == office.settings.client;
    if !fits {
        return Some(declined(StatusCode::FORBIDDEN, "signature", "sai chữ ký"));
    }
    let near = time
        .parse::<i64>()
        .is_ok_and(|t| (t - office.now().as_second()).abs() <= WINDOW);
    (!near).then(|| declined(StatusCode::FORBIDDEN, "time", "đồng hồ lệch quá 15 phút"))
}

pub(crate) async fn create(State(office): State<Arc<Office>>, uri: Uri, headers: HeaderMap, body: String) -> Response {
    if let Some(no) = refused(&office, &Method::POST, uri.path(), &headers, &body) {
        return no;
    }
    let Ok(order) = serde_json::from_str::<Order>(&body) else {
        return declined(StatusCode::UNPROCESSABLE_ENTITY, "unreadable", "không đọc được đơn");
    };
    let (told, silent) = {
        let mut memory = office.memory();
        if memory.declines || order.person_address.trim().is_empty() {
            return declined(
                StatusCode::UNPROCESSABLE_ENTITY,
                "address",
                "bưu điện không phát tới địa chỉ này",
            );
        }
        let Some(price) = price(&order.zone, order.weight_g) else {
            return declined(StatusCode::UNPROCESSABLE_ENTITY, "too_heavy", "quá khối lượng nhận");
        };
        let silent = memory.silent;
        // The same order again is the same parcel.
        if !memory.parcels.contains_key(&order.reference) {
            memory.next += 1;
            let parcel = Parcel {
                tracking: format!("BN{:09}VN", 100_000_000 + memory.next),
                price,
                stations: Vec::new(),
                answers: Vec::new(),
                order: order.clone(),
            };
            memory.parcels.insert(order.reference.clone(), parcel);
        }
        let parcel = &memory.parcels[&order.reference];
        (json!({ "tracking": parcel.tracking, "price": parcel.price }), silent)
    };
    if silent {
        tokio::time::sleep(NEVER).await;
    }
    answer(StatusCode::OK, &told)
}

pub(crate) async fn track(
    State(office): State<Arc<Office>>,
    uri: Uri,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Some(no) = refused(&office, &Method::GET, uri.path(), &headers, "") {
        return no;
    }
    let memory = office.memory();
    match memory.parcels.get(&reference) {
        Some(p) => answer(
            StatusCode::OK,
            &json!({ "tracking": p.tracking, "price": p.price, "notices": p.stations }),
        ),
        None => declined(StatusCode::NOT_FOUND, "unknown", "không có bưu gửi này"),
    }
}

pub(crate) async fn cancel(
    State(office): State<Arc<Office>>,
    uri: Uri,
    Path(reference): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    if let Some(no) = refused(&office, &Method::POST, uri.path(), &headers, &body) {
        return no;
    }
    end(&office, &reference, "cancelled", |p| !p.is_here()).await
}

pub(crate) async fn bring_back(
    State(office): State<Arc<Office>>,
    uri: Uri,
    Path(reference): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    if let Some(no) = refused(&office, &Method::POST, uri.path(), &headers, &body) {
        return no;
    }
    end(&office, &reference, "returning", Parcel::is_here).await
}

/// Lets a parcel take an end that the customer asked for, where it can; asked twice, it is done once.
async fn end(office: &Arc<Office>, reference: &str, state: &'static str, can: impl Fn(&Parcel) -> bool) -> Response {
    let told = {
        let now = office.now();
        let mut memory = office.memory();
        let Some(p) = memory.parcels.get_mut(reference) else {
            return declined(StatusCode::NOT_FOUND, "unknown", "không có bưu gửi này");
        };
        if p.state() == state {
            return answer(StatusCode::OK, &json!({ "code": "ok" }));
        }
        if p.is_over() || !can(p) {
            return declined(StatusCode::CONFLICT, p.state(), "bưu gửi không còn ở chỗ làm được việc này");
        }
        let station = Station {
            reason: "theo yêu cầu của người gửi".to_owned(),
            ..tell::station(p, state, now)
        };
        p.stations.push(station.clone());
        station
    };
    // Who called it off need not be told.
    if state != "cancelled" {
        tell::send(office, &told, None).await;
    }
    answer(StatusCode::OK, &json!({ "code": "ok" }))
}
