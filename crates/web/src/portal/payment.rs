//! Paying online: to the gateway, back from it, and the gateway's own notification.

use crate::AppState;
use crate::app::Page;
use crate::client::ClientAddress;
use crate::device::Seen;
use crate::error::WebError;
use crate::session::{Signed, Visitor};
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::id::DossierId;
use motcua_office::funnel::Stage;
use motcua_office::money::bank::NoticeAnswer;

pub async fn begin(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    signed: Signed,
    seen: Seen,
    Path(id): Path<DossierId>,
) -> Result<Redirect, WebError> {
    let url = app
        .office
        .begin_payment(&signed.actor, id, &address.to_string(), signed.visitor.lang)
        .await?;
    if let Ok(d) = app.office.my_dossier(&signed.actor, id).await {
        seen.note(&app, signed.actor.role, &d.procedure, Stage::Pay);
    }
    Ok(Redirect::to(&url))
}

#[derive(Template)]
#[template(path = "portal/paid.html")]
struct Paid {
    page: Page,
    id: DossierId,
    booked: bool,
    waiting: bool,
}

/// Shows what is booked, whatever the browser brings: only the notification books.
pub async fn returned(
    State(app): State<AppState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, WebError> {
    let back = app.office.payment_returned(&query.unwrap_or_default()).await?;
    let booked = match &visitor.account {
        Some(account) => app
            .office
            .my_dossier(&account.actor(), back.dossier)
            .await
            .is_ok_and(|d| d.fee_due() == 0),
        None => false,
    };
    let page = Page::new(&visitor, "portal");
    Ok(Html(
        Paid {
            page,
            id: back.dossier,
            booked,
            waiting: back.paid_says_gateway && !booked,
        }
        .render()?,
    ))
}

pub async fn notified(State(app): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let answer = app.office.payment_notified(&query.unwrap_or_default()).await;
    ([(header::CONTENT_TYPE, "application/json")], answer).into_response()
}

/// The bank's notice: JSON with its signature in `X-Signature`. Anything but a success is told again by the bank.
pub async fn bank_notified(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let signature = headers.get("x-signature").and_then(|v| v.to_str().ok()).unwrap_or("");
    let (status, code) = match app.office.bank_notified(&body, signature).await {
        NoticeAnswer::Taken => (StatusCode::OK, "ok"),
        NoticeAnswer::WrongSignature => (StatusCode::FORBIDDEN, "signature"),
        NoticeAnswer::Unreadable => (StatusCode::UNPROCESSABLE_ENTITY, "unreadable"),
        NoticeAnswer::Busy => (StatusCode::SERVICE_UNAVAILABLE, "again"),
    };
    let body = serde_json::json!({ "code": code }).to_string();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
