//! Style sheet, scripts and icons: compiled in, named by their content, kept by the browser for a year.

use crate::AppState;
use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

const FILES: &[(&str, &str, &str)] = &[
    ("motcua.css", "text/css; charset=utf-8", include_str!("../assets/motcua.css")),
    (
        "form.js",
        "text/javascript; charset=utf-8",
        // One file for the browser, one request: what it evaluates stands alone so that it can be tested alone.
        concat!(include_str!("../assets/condition.js"), include_str!("../assets/form.js")),
    ),
    (
        "upload.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/upload.js"),
    ),
    (
        "search.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/search.js"),
    ),
    (
        "again.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/again.js"),
    ),
    (
        "speak.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/speak.js"),
    ),
    ("sign.js", "text/javascript; charset=utf-8", include_str!("../assets/sign.js")),
    (
        "photos.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/photos.js"),
    ),
    ("keys.js", "text/javascript; charset=utf-8", include_str!("../assets/keys.js")),
    ("drum.svg", "image/svg+xml", include_str!("../assets/drum.svg")),
];

/// Address of each file, with its version: computed once.
static PATHS: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let versioned = |(name, _, text): &(&'static str, &str, &str)| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        (*name, format!("/tinh/{:016x}/{name}", hasher.finish()))
    };
    FILES.iter().map(versioned).collect()
});

/// Address of a file, with its version.
pub fn path(name: &str) -> &'static str {
    PATHS.iter().find(|p| p.0 == name).map_or("", |p| &p.1)
}

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/tinh/{version}/{name}", get(file))
        .route("/favicon.ico", get(icon))
}

async fn file(Path((_, name)): Path<(String, String)>) -> Response {
    match FILES.iter().find(|f| f.0 == name) {
        Some((_, kind, text)) => {
            let headers = [
                (header::CONTENT_TYPE, *kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, *text).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn icon() -> Response {
    file(Path((String::new(), "drum.svg".to_owned()))).await
}
