//! `/tra-cuu`: where a request stands, with its code and a second fact, without an account.

use super::dossier::{Standing, standing};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::parcel::{Looks, ParcelView, parcels};
use crate::session::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::dossier::{Dossier, Refusal, parse_code};
use motcua_office::error::OfficeError;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    code: String,
    fact: String,
}

#[derive(Template)]
#[template(path = "portal/track.html")]
struct TrackPage {
    page: Page,
    typed: Typed,
    missing: bool,
    found: Option<(Dossier, Standing)>,
    parcels: Vec<ParcelView>,
}

pub async fn ask(visitor: Visitor, Query(typed): Query<Typed>) -> Result<Html<String>, WebError> {
    Ok(Html(
        TrackPage {
            page: Page::new(&visitor, "portal"),
            typed,
            missing: false,
            found: None,
            parcels: Vec::new(),
        }
        .render()?,
    ))
}

pub async fn show(State(app): State<AppState>, visitor: Visitor, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    let page = Page::new(&visitor, "portal");
    // A code that cannot be one is nobody's, and is not counted.
    let code = parse_code(&typed.code).map(|c| c.0);
    if let Some(code) = &code {
        app.limits.track.open(code)?;
    }
    let found = match app.office.track(&typed.code, &typed.fact).await {
        Ok(dossier) => {
            let standing = standing(&app, page.w, &dossier, false);
            Some((dossier, standing))
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
    let html = TrackPage {
        parcels: found
            .as_ref()
            .map_or_else(Vec::new, |(d, _)| parcels(page.w, d, Looks::Tracks)),
        page,
        typed,
        missing,
        found,
    }
    .render()?;
    Ok((if missing { StatusCode::NOT_FOUND } else { StatusCode::OK }, Html(html)).into_response())
}
