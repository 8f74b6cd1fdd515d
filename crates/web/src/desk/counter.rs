//! `/ban/nop-ho`: file for a person who stands there; the scanner of the identity card fills in who she is.

use super::DESK;
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
use motcua_model::actor::Role;
use motcua_model::form::Prefill;
use motcua_model::id::{AgencyCode, ProcedureCode};
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
    card: String,
    chosen: String,
    bad_card: bool,
    no_service: bool,
    broken_name: bool,
}

/// What was scanned and chosen.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    procedure: String,
    card: String,
    /// The officer goes on with a card whose name the scanner broke.
    go_on: String,
}

/// What is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// Nothing.
    Nothing,
    /// The card cannot be read.
    Card,
    /// The scanner broke the letters of the name: number and birth date are read, the name must be typed.
    Name,
    /// No service was chosen.
    Service,
}

/// The services modelled whole that an agency settles.
pub(super) fn settled_by(app: &AppState, agency: Option<&AgencyCode>) -> Vec<Arc<Service>> {
    let catalogue = app.office.catalogue();
    let Some(agency) = agency.and_then(|a| catalogue.agency(a)) else {
        return Vec::new();
    };
    let ours = |s: &&Arc<Service>| {
        s.sheet.agency_kind == agency.kind && s.sheet.agency.as_deref().is_none_or(|a| a == agency.code.as_str())
    };
    catalogue
        .services()
        .iter()
        .filter(|s| s.whole)
        .filter(ours)
        .cloned()
        .collect()
}

fn render(app: &AppState, signed: &Signed, typed: Typed, wrong: Wrong) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, DESK);
    let view = CounterPage {
        services: settled_by(app, signed.actor.agency.as_ref()),
        lang: page.w.0,
        page,
        card: typed.card,
        chosen: typed.procedure,
        bad_card: wrong == Wrong::Card,
        no_service: wrong == Wrong::Service,
        broken_name: wrong == Wrong::Name,
    };
    let status = if wrong == Wrong::Nothing {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, Html(view.render()?)).into_response())
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Receptionist])?;
    render(&app, &signed, Typed::default(), Wrong::Nothing)
}

/// Begins a draft for somebody who stands at this counter; a card that cannot be read is said so, nothing is guessed.
pub async fn begin(State(app): State<AppState>, signed: Signed, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Receptionist])?;
    let card = match typed.card.trim() {
        "" => None,
        scanned => match parse_card_qr(scanned) {
            Some(card) => Some(card),
            None => return render(&app, &signed, typed, Wrong::Card),
        },
    };
    if !settled_by(&app, signed.actor.agency.as_ref())
        .iter()
        .any(|s| s.sheet.code.0 == typed.procedure)
    {
        return render(&app, &signed, typed, Wrong::Service);
    }
    if typed.go_on.is_empty() && card.as_ref().is_some_and(|card| card.name.is_empty()) {
        return render(&app, &signed, typed, Wrong::Name);
    }
    let known = card.map_or_else(Vec::new, |card| {
        vec![
            (Prefill::Name, card.name),
            (Prefill::PersonId, card.person_id.as_str().to_owned()),
            (Prefill::BirthDate, card.birth_date.to_string()),
        ]
    });
    let code = ProcedureCode(typed.procedure);
    let id = app.office.begin_draft_with(&signed.actor, &code, &known).await?;
    Ok(Redirect::to(&first_step(&app, &code, id)).into_response())
}
