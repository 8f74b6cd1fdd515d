//! For machines: the catalogue as JSON, addresses for search engines, and whether the program is well.

use crate::AppState;
use crate::facts::Facts;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use motcua_words::{Lang, Words};
use serde::Deserialize;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/api/v1/catalogue", get(catalogue))
        .route("/api/v1/search", get(search))
        .route("/sitemap.xml", get(sitemap))
        .route("/robots.txt", get(robots))
        .route("/health", get(health))
}

/// Answers 304 to who has this version already.
async fn catalogue(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let (catalogue, base) = (app.office.catalogue(), &app.office.settings().public_url);
    let today = app.office.today();
    let facts = |s| Facts::of(catalogue, s, Words(Lang::Vi), base, today);
    let list: Vec<_> = catalogue.services().iter().map(|s| facts(s)).collect();
    let body = serde_json::json!(list).to_string();
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let has_it = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .any(|v| v.contains(&tag));
    if has_it {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let kind = "application/json".to_owned();
    ([(header::ETAG, tag), (header::CONTENT_TYPE, kind)], body).into_response()
}

async fn sitemap(State(app): State<AppState>) -> Response {
    let (catalogue, base) = (app.office.catalogue(), &app.office.settings().public_url);
    let services = catalogue.services().iter().map(|s| format!("/thu-tuc/{}", s.sheet.code));
    let events = catalogue.life_events().iter().map(|e| format!("/viec/{}", e.id));
    let fixed = ["/", "/thu-tuc", "/tra-cuu"].map(str::to_owned);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in fixed.into_iter().chain(events).chain(services) {
        let _ = writeln!(xml, "<url><loc>{base}{path}</loc></url>");
    }
    xml.push_str("</urlset>\n");
    ([(header::CONTENT_TYPE, "application/xml")], xml).into_response()
}

async fn robots(State(app): State<AppState>) -> String {
    let base = &app.office.settings().public_url;
    format!("User-agent: *\nDisallow: /ho-so\nDisallow: /ban\nDisallow: /kiem-tra\nSitemap: {base}/sitemap.xml\n")
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
