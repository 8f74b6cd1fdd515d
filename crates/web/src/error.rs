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
use motcua_model::id::AccountId;
use motcua_model::publication::PublicationRefusal;
use motcua_office::OfficeError;
use motcua_office::error::PublicationProblem;
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
    /// Her agency closed: its name, its last day, who took over.
    AgencyClosed {
        /// Which.
        name: String,
        /// Its last day.
        until: String,
        /// Who took over; empty where nobody did.
        heirs: String,
    },
    /// No such page or dossier.
    NotFound,
    /// Too often.
    TooOften,
    /// What was posted cannot be read.
    BadRequest,
    /// The store does not answer at the moment.
    Unavailable,
    /// A use case said no.
    Office(OfficeError),
    /// A page could not be made.
    Template,
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
        tracing::error!(error = %e, "a page could not be made");
        Self::Template
    }
}

impl WebError {
    /// More was sent than is taken.
    pub fn too_large() -> Self {
        let max_mb = motcua_office::draft::PAPER_MAX / 1024 / 1024;
        OfficeError::from(motcua_office::error::PaperProblem::TooLarge { max_mb }).into()
    }

    /// Status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::AgencyClosed { .. } => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Template => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Office(e) => match e {
                OfficeError::Refused(Refusal::NotFound) => StatusCode::NOT_FOUND,
                OfficeError::Refused(Refusal::NotPermitted) => StatusCode::FORBIDDEN,
                OfficeError::Refused(
                    Refusal::Overtaken
                    | Refusal::WrongStatus { .. }
                    | Refusal::AlreadySubmitted
                    | Refusal::AlreadyAsked
                    | Refusal::ConsentMissing
                    | Refusal::ConsentRevoked
                    | Refusal::ConsentElsewhere
                    | Refusal::MandateOver,
                )
                | OfficeError::DraftMoved
                | OfficeError::FormChanged
                | OfficeError::Publication(PublicationProblem::Moved(_)) => StatusCode::CONFLICT,
                OfficeError::Publication(PublicationProblem::Refused(no)) => match no {
                    PublicationRefusal::NotPermitted => StatusCode::FORBIDDEN,
                    PublicationRefusal::WrongState(_) => StatusCode::CONFLICT,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                },
                OfficeError::Publication(_) | OfficeError::Post(_) | OfficeError::Bag(_) => StatusCode::UNPROCESSABLE_ENTITY,
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
            Self::AgencyClosed { name, until, heirs } if heirs.is_empty() => {
                (w.stranded_closed().to_owned(), w.stranded_closed_remedy_alone(name, until))
            }
            Self::AgencyClosed { name, until, heirs } => {
                (w.stranded_closed().to_owned(), w.stranded_closed_remedy(heirs, name, until))
            }
            Self::NotFound => pair(w.errors_not_found(), w.errors_not_found_remedy()),
            Self::TooOften => pair(w.errors_too_often(), w.errors_too_often_remedy()),
            Self::BadRequest => pair(w.errors_bad_request(), w.errors_bad_request_remedy()),
            Self::Unavailable => pair(w.errors_unavailable(), w.errors_unavailable_remedy()),
            Self::Template => pair(w.errors_internal(), w.errors_internal_remedy()),
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

/// Who asked, for the log: a number that says nothing outside.
#[derive(Clone, Copy, Debug)]
pub struct Who(pub AccountId);

/// The one layer that turns an error into a page, into JSON, or into the way to the sign-in page.
pub async fn pages(State(_): State<AppState>, visitor: Visitor, request: Request, next: Next) -> Response {
    let json = request
        .headers()
        .get(header::ACCEPT)
        .is_some_and(|a| a.as_bytes().starts_with(b"application/json"));
    let is_get = request.method().is_safe();
    let chosen = visitor
        .lang_chosen
        .then(|| format!("lang={}; Path=/; SameSite=Lax; Max-Age=31536000", visitor.lang.as_str()));
    let mut response = next.run(request).await;
    let failed = response.extensions().get::<Failed>().map(|f| f.0.clone());
    if let Some(error) = failed.or_else(|| unworded(&response, is_get).map(Arc::new)) {
        let status = error.status();
        let (title, remedy) = error.text(visitor.words());
        response = match &*error {
            _ if json => (status, Json(serde_json::json!({ "error": title, "remedy": remedy }))).into_response(),
            WebError::SignIn { back } => {
                let back = if is_get { back.clone() } else { page_before(back) };
                Redirect::to(&format!("/dang-nhap?tiep={}", view::encode(&back))).into_response()
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
    if let Some(account) = &visitor.account {
        response.extensions_mut().insert(Who(account.id));
    }
    if let Some(value) = chosen.and_then(|c| HeaderValue::from_str(&c).ok()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// What was refused below the pages, without words of ours: an address that cannot be read, a body that is cut off or
/// too large, a form that another site sent.
fn unworded(response: &Response, is_get: bool) -> Option<WebError> {
    let plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|t| t.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        _ if !plain => None,
        StatusCode::FORBIDDEN => Some(WebError::Forbidden),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(WebError::NotFound),
        StatusCode::PAYLOAD_TOO_LARGE => Some(WebError::too_large()),
        // An address that cannot be read is one that does not exist.
        status if status.is_client_error() && is_get => Some(WebError::NotFound),
        status if status.is_client_error() => Some(WebError::BadRequest),
        _ => None,
    }
}

/// The page on which a button stood that was pressed after the session had ended.
fn page_before(posted: &str) -> String {
    let path = posted.split('?').next().unwrap_or("/");
    let (parent, last) = path.rsplit_once('/').unwrap_or(("", ""));
    let within = [
        "/buu-dien/quan-ly",
        "/buu-dien/quy",
        "/tai-khoan/uy-quyen",
        "/tai-khoan/nho-nop",
        "/tong-dai",
    ];
    if let Some(page) = within.into_iter().find(|page| path.starts_with(page)) {
        return page.to_owned();
    }
    if path.starts_with("/buu-dien/dong-y/") {
        return path.split('/').take(4).collect::<Vec<_>>().join("/");
    }
    let door = ["/ban", "/buu-dien", "/ke-toan", "/quan-tri", "/bang"]
        .into_iter()
        .find(|d| path.starts_with(&format!("{d}/")));
    match (door, last) {
        // Who came by a link comes back by it.
        (None, "nop") if posted.contains("?qua=") => posted.replacen("/nop?", "?", 1),
        (None, "kiem-tra" | "giay-to" | "bo-sung" | "tai-khoan") => path.to_owned(),
        (Some("/quan-tri"), _) => "/quan-tri".to_owned(),
        (_, "nop-ho") => path.to_owned(),
        (None, "xoa") if !parent.ends_with("/giay-to") => "/ho-so".to_owned(),
        _ if parent.is_empty() => "/ho-so".to_owned(),
        _ => parent.to_owned(),
    }
}

/// No such address.
pub async fn not_found() -> WebError {
    WebError::NotFound
}
