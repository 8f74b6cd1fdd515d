//! The doors: `portal` (citizen), `desk` (one-stop and departments), `post` (post office), `money` (accountants), `board` (leadership),
//! `admin`, `api`.
//!
//! Here: handlers, view structs, templates. Not here: SQL, and decisions about what is allowed — those are asked of
//! `motcua-office`. To add a page: a file in its door with the path, the view struct and the handlers, a template
//! beside it, its words in `crates/words/messages`, and a line in the door's `router`.

mod admin;
mod api;
mod app;
mod assets;
mod board;
mod client;
mod closed;
mod custody;
mod desk;
mod device;
mod error;
mod facts;
mod limit;
mod menu;
mod money;
mod opinion;
mod outreach;
mod parcel;
mod phone;
mod portal;
mod post;
mod process;
mod rating;
mod request_log;
mod round;
mod security;
mod session;
mod sign;
mod talk;
mod term;
mod upload;
mod view;

use axum::Router;
use motcua_office::Office;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// What every handler works with.
pub struct AppState {
    office: Office,
    limits: Arc<limit::Limits>,
}

/// Axum clones the state for each request: the clone is pinned to the catalogue in force at that moment, so that a
/// request sees one from begin to end while another takes its place.
impl Clone for AppState {
    fn clone(&self) -> Self {
        Self {
            office: self.office.current(),
            limits: self.limits.clone(),
        }
    }
}

/// The whole web application.
pub fn router(office: Office) -> Router {
    let state = AppState {
        limits: Arc::new(limit::Limits::new(&office)),
        office,
    };
    let app = Router::new()
        .merge(portal::router())
        .merge(desk::router())
        .merge(phone::router())
        .merge(post::router())
        .merge(custody::router())
        .merge(round::router())
        .merge(money::router())
        .merge(board::router())
        .merge(admin::router())
        .merge(api::router())
        .merge(assets::router())
        .fallback(error::not_found);
    security::wrap(app, &state)
        .layer(axum::middleware::from_fn(request_log::log))
        .layer(CompressionLayer::new())
        .with_state(state)
}
