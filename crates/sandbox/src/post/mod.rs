//! A post for demo and tests, run as a process of its own: takes orders, moves parcels, tells of them; signs and verifies
//! with its own code. A control page moves parcels and makes notices late, doubled, forged, lost or untrue.

mod api;
mod control;
mod state;
mod tell;

pub use state::PostSettings;

use axum::Router;
use axum::routing::{get, post};
use state::Office;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves the post until `stop` is done.
///
/// # Errors
/// When the listener fails.
pub async fn run_post(
    listener: TcpListener,
    settings: PostSettings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let office = Arc::new(Office::new(settings));
    let router = Router::new()
        .route("/api/orders", post(api::create))
        .route("/api/orders/{reference}", get(api::track))
        .route("/api/orders/{reference}/cancel", post(api::cancel))
        .route("/api/orders/{reference}/return", post(api::bring_back))
        .route("/control", get(control::show).post(control::change))
        .route("/parcels.json", get(control::parcels))
        .route("/parcels/{reference}", post(control::go))
        .route("/style.css", get(crate::page::style))
        .with_state(office);
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}
