//! One line a request: which account, what, how it ended, how long it took; never who by name, never what was typed.

use crate::error::Who;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Logs one request.
pub async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    // The route and not the address: an address carries codes of dossiers.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-".to_owned(), |p| p.as_str().to_owned());
    let start = Instant::now();
    let response = next.run(request).await;
    let micros = start.elapsed().as_micros();
    let who = response.extensions().get::<Who>().map(|w| tracing::field::display(w.0));
    tracing::info!(target: "motcua::request", who, %method, route, status = response.status().as_u16(), micros, "request");
    response
}
