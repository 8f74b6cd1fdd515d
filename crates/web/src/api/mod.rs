//! For machines: the catalogue as JSON, and whether the program is well.

use crate::AppState;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/api/v1/catalogue", get(catalogue))
        .route("/api/v1/search", get(search))
        .route("/health", get(health))
}

async fn catalogue(State(app): State<AppState>) -> Response {
    let list: Vec<_> = app.office.catalogue().services().iter().map(|s| s.summary()).collect();
    Json(list).into_response()
}

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

async fn search(State(app): State<AppState>, Query(asked): Query<Asked>) -> Response {
    Json(app.office.catalogue().search(&asked.q)).into_response()
}

async fn health(State(app): State<AppState>) -> Response {
    match app.office.healthy().await {
        Ok(()) => (StatusCode::OK, Json(serde_json::json!({ "status": "ok" }))).into_response(),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(serde_json::json!({ "status": "database unavailable" })),
        )
            .into_response(),
    }
}
