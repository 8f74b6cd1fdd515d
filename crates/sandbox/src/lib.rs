//! A payment gateway for demo and tests that speaks VNPAY 2.1.0, and a bank that takes transfers by VietQR, run as a
//! process of its own.
//!
//! It signs and verifies with its own code, shared with nothing, so that a mistake in one shows in the other. A control
//! page makes its notifications late, doubled, forged, changed or missing. Beside it, [`run_post`], a post.

mod api;
mod bank;
mod clock;
mod control;
mod notify;
mod page;
mod pay;
mod post;
mod sign;
pub mod signer;
mod state;

pub use post::{PostSettings, run_post};
pub use state::{Mischief, Settings};

use axum::Router;
use axum::routing::{get, post};
use state::Gateway;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves the gateway until `stop` is done.
///
/// # Errors
/// When the listener fails.
pub async fn run(
    listener: TcpListener,
    settings: Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let gateway = Arc::new(Gateway::new(settings));
    let router = Router::new()
        .route("/vpcpay.html", get(pay::show))
        .route("/pay", post(pay::decide))
        .route("/control", get(control::show).post(control::change))
        .route("/payments.json", get(control::payments))
        .route("/merchant_webapi/api/transaction", post(api::transaction))
        .route("/bank", get(bank::show).post(bank::transfer))
        .route("/bank/payout", post(bank::payout))
        .route("/bank/transfers.json", get(bank::transfers))
        .route("/bank/statement.csv", get(bank::statement))
        .route("/style.css", get(page::style))
        .with_state(gateway);
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}
