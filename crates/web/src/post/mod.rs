//! The post office: files for people who stand there, and sees what it filed (Decision 45/2016/QĐ-TTg).

mod dossier;
mod list;
mod mask;

use crate::AppState;
use crate::desk::{CounterTyped, counter_page, file_for};
use crate::error::WebError;
use crate::session::Signed;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Form, Router};
use motcua_model::actor::Role;

/// Who works here.
const CLERKS: &[Role] = &[Role::PostClerk];
/// The door's name in style sheets.
const POST: &str = "post";
/// Where filing for a person begins.
const COUNTER: &str = "/buu-dien/nop-ho";

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/buu-dien", get(list::show))
        .route("/buu-dien/nop-ho", get(counter).post(begin))
        .route("/buu-dien/ho-so/{id}", get(dossier::show))
        .route("/buu-dien/ho-so/{id}/thu-tien", post(dossier::take_cash))
}

async fn counter(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    counter_page(&app, &signed, POST, COUNTER)
}

async fn begin(State(app): State<AppState>, signed: Signed, Form(typed): Form<CounterTyped>) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    file_for(&app, &signed, POST, COUNTER, typed).await
}
