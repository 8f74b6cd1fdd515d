//! Paying online: to the gateway, back from it, and the gateway's own notification.

use crate::AppState;
use crate::app::Page;
use crate::client::ClientAddress;
use crate::error::WebError;
use crate::session::{Signed, Visitor};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::id::DossierId;

pub async fn begin(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    signed: Signed,
    Path(id): Path<DossierId>,
) -> Result<Redirect, WebError> {
    let url = app
        .office
        .begin_payment(&signed.actor, id, &address.to_string(), signed.visitor.lang)
        .await?;
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
