//! `/ban/nop-ho`: file for a person who stands there; the scanner of the identity card fills in who she is.

use super::OFFICERS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::portal::draft::first_step;
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_catalogue::Service;
use motcua_model::form::Prefill;
use motcua_model::id::ProcedureCode;
use motcua_model::identifier::parse_card_qr;
use motcua_words::Lang;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "desk/counter.html")]
struct CounterPage {
    page: Page,
    services: Vec<Arc<Service>>,
    lang: Lang,
    action: &'static str,
    card: String,
    bad_card: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    procedure: String,
    card: String,
}

fn render(
    app: &AppState,
    signed: &Signed,
    door: &'static str,
    action: &'static str,
    card: String,
    bad_card: bool,
) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, door);
    let services = app
        .office
        .catalogue()
        .services()
        .iter()
        .filter(|s| s.whole)
        .cloned()
        .collect();
    Ok(CounterPage {
        lang: page.w.0,
        page,
        services,
        action,
        card,
        bad_card,
    }
    .render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    Ok(Html(render(&app, &signed, "desk", "/ban/nop-ho", String::new(), false)?))
}

pub async fn begin(State(app): State<AppState>, signed: Signed, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    file_for(&app, &signed, "desk", "/ban/nop-ho", typed).await
}

/// Begins a draft for somebody who stands at this counter; a card that cannot be read is said so, nothing is guessed.
pub(crate) async fn file_for(
    app: &AppState,
    signed: &Signed,
    door: &'static str,
    action: &'static str,
    typed: Typed,
) -> Result<Response, WebError> {
    if typed.procedure.is_empty() {
        return Ok(Html(render(app, signed, door, action, String::new(), false)?).into_response());
    }
    let mut known = Vec::new();
    if !typed.card.trim().is_empty() {
        let Some(card) = parse_card_qr(&typed.card) else {
            let html = render(app, signed, door, action, typed.card, true)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
        };
        known.push((Prefill::Name, card.name));
        known.push((Prefill::PersonId, card.person_id.as_str().to_owned()));
        known.push((Prefill::BirthDate, card.birth_date.to_string()));
    }
    let code = ProcedureCode(typed.procedure);
    let id = app.office.begin_draft_with(&signed.actor, &code, &known).await?;
    Ok(Redirect::to(&first_step(app, &code, id)).into_response())
}
