//! What a person asks of the post on her page, and what the post tells us (`/buu-gui/bao-tin`).

use super::dossier::render_with;
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use axum::Form;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::{Dossier, ParcelKind, Refusal};
use motcua_model::id::DossierId;
use motcua_office::OfficeError;
use motcua_office::post::PostAnswer;
use serde::Deserialize;

/// The post's notice: JSON with its time in `X-Time` and its signature in `X-Signature`. Anything but a success is told again
/// by the post.
pub async fn notified(State(app): State<AppState>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let get = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
    let (time, signature) = (get("x-time"), get("x-signature"));
    let (status, code) = match app.office.post_notified(uri.path(), time, &body, signature).await {
        PostAnswer::Taken => (StatusCode::OK, "ok"),
        PostAnswer::WrongSignature => (StatusCode::FORBIDDEN, "signature"),
        PostAnswer::Unreadable => (StatusCode::UNPROCESSABLE_ENTITY, "unreadable"),
        PostAnswer::Unknown => (StatusCode::NOT_FOUND, "unknown"),
        PostAnswer::Busy => (StatusCode::SERVICE_UNAVAILABLE, "again"),
    };
    let body = serde_json::json!({ "code": code }).to_string();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// The post shall fetch papers from her home.
pub async fn fetch(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    let done = app
        .office
        .send_parcel(&signed.actor, id, ParcelKind::Collect, None, None)
        .await;
    answer(&app, &signed, id, done).await
}

/// Who may take the result in her place.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Receiver {
    name: String,
    id_last: String,
}

pub async fn name_receiver(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(typed): Form<Receiver>,
) -> Result<Response, WebError> {
    let id_last = typed.id_last.trim().to_owned();
    let done = app.office.name_receiver(&signed.actor, id, typed.name, id_last).await;
    answer(&app, &signed, id, done).await
}

async fn answer(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    done: Result<Dossier, OfficeError>,
) -> Result<Response, WebError> {
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/ho-so/{id}")).into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotFound | Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ (OfficeError::Refused(_) | OfficeError::Post(_))) => {
            let said = view::office_error(signed.visitor.words(), &e);
            let d = app.office.my_dossier(&signed.actor, id).await?;
            let html = render_with(app, signed, d, String::new(), String::new(), said).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
