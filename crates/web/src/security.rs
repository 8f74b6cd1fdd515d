//! Headers and checks that every answer and every change go through.

use crate::AppState;
use crate::error;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// Everything from here, nothing inline, no frame but our own papers; forms go to us and, redirected, to the gateway.
fn policy(payment_origin: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
         frame-src 'self'; form-action 'self' {payment_origin}; frame-ancestors 'self'; base-uri 'none'"
    )
}

/// Largest form without files.
const FORM_MAX: usize = 512 * 1024;

/// Wraps the application.
pub fn wrap(app: Router<AppState>, state: &AppState) -> Router<AppState> {
    let header =
        |name: HeaderName, value: &'static str| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let policy = policy(&state.office.settings().payment_origin);
    let policy = HeaderValue::from_str(&policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
    app.layer(DefaultBodyLimit::max(FORM_MAX))
        // No tokens in forms: the browser says itself where a request comes from.
        .layer(CsrfLayer::new())
        // Outside of the two above: what they refuse is told in a page as well.
        .layer(axum::middleware::from_fn_with_state(state.clone(), error::pages))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            policy,
        ))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(), microphone=()",
        ))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(header::CACHE_CONTROL, "no-store"))
}
