//! What went wrong, as a page in the reader's language: a typed error here, one layer that makes the page of it.

use crate::app::Page;
use crate::session::Visitor;
use crate::{AppState, view};
use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use motcua_model::dossier::Refusal;
use motcua_office::OfficeError;
use motcua_words::Words;
use std::sync::Arc;

/// Why a page cannot be shown.
#[derive(Debug)]
pub enum WebError {
    /// Sign in first, then go back.
    SignIn {
        /// Path and query to go back to.
        back: String,
    },
    /// Not this person's door.
    Forbidden,
    /// No such page or dossier.
    NotFound,
    /// Too often.
    TooOften,
    /// What was posted cannot be read.
    BadRequest,
    /// A use case said no.
    Office(OfficeError),
    /// A page could not be made.
    Template(askama::Error),
}

impl From<OfficeError> for WebError {
    fn from(e: OfficeError) -> Self {
        Self::Office(e)
    }
}

impl From<Refusal> for WebError {
    fn from(e: Refusal) -> Self {
        Self::Office(e.into())
    }
}

impl From<askama::Error> for WebError {
    fn from(e: askama::Error) -> Self {
        Self::Template(e)
    }
}

impl WebError {
    /// Status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Template(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Office(e) => match e {
                OfficeError::Refused(Refusal::NotFound) => StatusCode::NOT_FOUND,
                OfficeError::Refused(Refusal::NotPermitted) => StatusCode::FORBIDDEN,
                OfficeError::Refused(
                    Refusal::Overtaken | Refusal::WrongStatus { .. } | Refusal::AlreadySubmitted | Refusal::AlreadyAsked,
                )
                | OfficeError::DraftMoved
                | OfficeError::FormChanged => StatusCode::CONFLICT,
                OfficeError::Refused(_) | OfficeError::Problems(_) | OfficeError::Account(_) | OfficeError::NoOnlinePayment => {
                    StatusCode::UNPROCESSABLE_ENTITY
                }
                OfficeError::Paper(motcua_office::error::PaperProblem::TooLarge { .. }) => StatusCode::PAYLOAD_TOO_LARGE,
                OfficeError::Paper(_) => StatusCode::UNPROCESSABLE_ENTITY,
                OfficeError::Store(e) if e.is_temporary() => StatusCode::SERVICE_UNAVAILABLE,
                OfficeError::Store(_) | OfficeError::Print(_) | OfficeError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// Heading and remedy in the reader's language.
    pub fn text(&self, w: Words) -> (String, String) {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        match self {
            Self::SignIn { .. } => pair(w.errors_sign_in(), w.errors_sign_in_remedy()),
            Self::Forbidden => pair(w.errors_forbidden(), w.errors_forbidden_remedy()),
            Self::NotFound => pair(w.errors_not_found(), w.errors_not_found_remedy()),
            Self::TooOften => pair(w.errors_too_often(), w.errors_too_often_remedy()),
            Self::BadRequest => pair(w.errors_bad_request(), w.errors_bad_request_remedy()),
            Self::Template(_) => pair(w.errors_internal(), w.errors_internal_remedy()),
            Self::Office(e) => match e {
                OfficeError::Refused(Refusal::NotFound) => pair(w.errors_not_found(), w.errors_not_found_remedy()),
                OfficeError::Refused(Refusal::NotPermitted) => pair(w.errors_forbidden(), w.errors_forbidden_remedy()),
                OfficeError::Store(e) if e.is_temporary() => pair(w.errors_unavailable(), w.errors_unavailable_remedy()),
                OfficeError::Store(_) | OfficeError::Print(_) | OfficeError::Internal(_) => {
                    pair(w.errors_internal(), w.errors_internal_remedy())
                }
                e => (w.errors_refused().to_owned(), view::office_error(w, e)),
            },
        }
    }
}

/// Put into a response for the layer that makes the page.
#[derive(Clone)]
struct Failed(Arc<WebError>);

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            let source: &dyn std::fmt::Debug = match &self {
                Self::Template(e) => e,
                Self::Office(e) => e,
                other => other,
            };
            tracing::error!(error = ?source, "a request failed");
        }
        let mut response = status.into_response();
        response.extensions_mut().insert(Failed(Arc::new(self)));
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    title: String,
    remedy: String,
}

/// The one layer that turns an error into a page, into JSON, or into the way to the sign-in page.
pub async fn pages(State(_): State<AppState>, visitor: Visitor, request: Request, next: Next) -> Response {
    let json = request
        .headers()
        .get(header::ACCEPT)
        .is_some_and(|a| a.as_bytes().starts_with(b"application/json"));
    let is_get = request.method() == axum::http::Method::GET;
    let chosen = visitor
        .lang_chosen
        .then(|| format!("lang={}; Path=/; SameSite=Lax; Max-Age=31536000", visitor.lang.as_str()));
    let mut response = next.run(request).await;
    if let Some(Failed(error)) = response.extensions().get::<Failed>().cloned() {
        let status = error.status();
        let (title, remedy) = error.text(visitor.words());
        response = match &*error {
            _ if json => (status, Json(serde_json::json!({ "error": title, "remedy": remedy }))).into_response(),
            WebError::SignIn { back } => {
                let back = if is_get { back.as_str() } else { "/ho-so" };
                Redirect::to(&format!("/dang-nhap?tiep={}", view::encode(back))).into_response()
            }
            _ => match (ErrorPage {
                page: Page::new(&visitor, "portal"),
                title,
                remedy,
            })
            .render()
            {
                Ok(html) => (status, axum::response::Html(html)).into_response(),
                Err(_) => status.into_response(),
            },
        };
    }
    if let Some(value) = chosen.and_then(|c| HeaderValue::from_str(&c).ok()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// No such address.
pub async fn not_found() -> WebError {
    WebError::NotFound
}
