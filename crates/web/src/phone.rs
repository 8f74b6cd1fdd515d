//! Plain phones: an SMS told by the relay, the page of who answers callers, and the demo's own phone.

use crate::AppState;
use crate::app::{Page, door_of};
use crate::error::WebError;
use crate::limit;
use crate::portal::dossier::{Standing, standing};
use crate::session::{Signed, Visitor};
use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use motcua_model::actor::Role;
use motcua_model::dossier::{Dossier, Refusal, parse_code};
use motcua_office::OfficeError;
use motcua_office::plain_phone::SmsAnswer;
use serde::Deserialize;

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/cong/tin-nhan", post(received))
        .route("/tong-dai", get(ask).post(tell))
        .route("/demo/tin-nhan", get(demo).post(demo_send))
}

/// An SMS that the relay tells: JSON with its signature in `X-Signature`; the answer says what to send back.
async fn received(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let signature = headers.get("x-signature").and_then(|v| v.to_str().ok()).unwrap_or("");
    let answered = app.office.sms_received(&body, signature).await;
    let said = |status: StatusCode, code: &str| (status, Json(serde_json::json!({ "code": code }))).into_response();
    match answered {
        Ok(SmsAnswer::Reply { to, text }) => {
            // Who asks all day is not answered all day: each answer costs the province.
            if limit::check(&app.limits.sms, &to).is_err() {
                return said(StatusCode::OK, "silent");
            }
            let reply = serde_json::json!({ "code": "ok", "reply": { "to": to, "text": text } });
            (StatusCode::OK, Json(reply)).into_response()
        }
        Ok(SmsAnswer::Silence) => said(StatusCode::OK, "silent"),
        Ok(SmsAnswer::WrongSignature) => said(StatusCode::FORBIDDEN, "signature"),
        Ok(SmsAnswer::Unreadable) => said(StatusCode::UNPROCESSABLE_ENTITY, "unreadable"),
        Err(error) => {
            tracing::warn!(%error, "an SMS could not be answered");
            said(StatusCode::SERVICE_UNAVAILABLE, "again")
        }
    }
}

/// Who answers callers.
const OPERATORS: &[Role] = &[Role::Receptionist, Role::PostClerk];

/// The two facts that a caller says.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    code: String,
    fact: String,
}

#[derive(Template)]
#[template(path = "phone.html")]
struct OperatorPage {
    page: Page,
    t: Asked,
    missing: bool,
    found: Option<(Dossier, Standing)>,
}

fn door(role: Role) -> &'static str {
    door_of(role).map_or("portal", |(_, door)| door)
}

async fn ask(signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(OPERATORS)?;
    let view = OperatorPage {
        page: Page::new(&signed.visitor, door(signed.actor.role)),
        t: Asked::default(),
        missing: false,
        found: None,
    };
    Ok(Html(view.render()?))
}

/// Says where a dossier stands to who knows two facts, and no more than she would see herself; wrong guesses count as a
/// stranger's do.
async fn tell(State(app): State<AppState>, signed: Signed, Form(t): Form<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(OPERATORS)?;
    let page = Page::new(&signed.visitor, door(signed.actor.role));
    let code = parse_code(&t.code).map(|c| c.0);
    if let Some(code) = &code {
        app.limits.track.open(code)?;
    }
    let found = match app.office.track(&t.code, &t.fact).await {
        Ok(d) => {
            let standing = standing(&app, page.w, &d, false);
            Some((d, standing))
        }
        Err(OfficeError::Refused(Refusal::NotFound)) => {
            if let Some(code) = &code {
                app.limits.track.wrong(code);
            }
            None
        }
        Err(e) => return Err(e.into()),
    };
    let missing = found.is_none();
    let view = OperatorPage { page, t, missing, found };
    let status = if missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
    Ok((status, Html(view.render()?)).into_response())
}

/// What is typed into the demo's phone.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Sms {
    from: String,
    text: String,
}

#[derive(Template)]
#[template(path = "portal/demo_sms.html")]
struct DemoPhone {
    page: Page,
    t: Sms,
    /// What came back; empty before anything was sent.
    reply: String,
}

async fn demo(State(app): State<AppState>, visitor: Visitor) -> Result<Html<String>, WebError> {
    if !app.office.settings().demo {
        return Err(WebError::NotFound);
    }
    let view = DemoPhone {
        page: Page::new(&visitor, "portal"),
        t: Sms::default(),
        reply: String::new(),
    };
    Ok(Html(view.render()?))
}

async fn demo_send(State(app): State<AppState>, visitor: Visitor, Form(t): Form<Sms>) -> Result<Html<String>, WebError> {
    if !app.office.settings().demo {
        return Err(WebError::NotFound);
    }
    let page = Page::new(&visitor, "portal");
    limit::check(&app.limits.sms, &t.from)?;
    let reply = match app.office.sms_asked(&t.from, &t.text).await? {
        SmsAnswer::Reply { to, text } => {
            app.office.sms_reply(&to, &text).await?;
            text
        }
        _ => page.w.problem_phone().to_owned(),
    };
    Ok(Html(DemoPhone { page, t, reply }.render()?))
}
