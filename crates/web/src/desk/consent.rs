//! `/ban/dong-y`: a person shows the slip of what she agreed to at a post office, and takes it back at the one-stop.

use super::DESK;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::post::consent::{Said, say};
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::dossier::Refusal;
use motcua_model::id::DossierId;
use motcua_office::OfficeError;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    so: String,
}

#[derive(Template)]
#[template(path = "desk/consent.html")]
struct ConsentPage {
    page: Page,
    so: String,
    found: Option<(DossierId, Said)>,
    problem: Option<String>,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Receptionist])?;
    let page = Page::new(&signed.visitor, DESK);
    let so: String = asked.so.chars().filter(|c| !c.is_control()).take(60).collect();
    let (mut found, mut problem, mut status) = (None, None, StatusCode::OK);
    if !so.trim().is_empty() {
        match app.office.consent_by_number(&signed.actor, &so).await {
            Ok(a) => found = Some((a.id, say(&app, page.w, &a))),
            Err(OfficeError::Refused(Refusal::NotFound)) => {
                problem = Some(page.w.assisted_no_such_slip().to_owned());
                status = StatusCode::NOT_FOUND;
            }
            Err(e) => return Err(e.into()),
        }
    }
    let view = ConsentPage {
        page,
        so,
        found,
        problem,
    };
    Ok((status, Html(view.render()?)).into_response())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Revoked {
    so: String,
    reason: String,
}

pub async fn revoke(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(f): Form<Revoked>,
) -> Result<Redirect, WebError> {
    let signed = signed.only(&[Role::Receptionist])?;
    // The number is the proof that the slip was shown.
    let shown = app.office.consent_by_number(&signed.actor, &f.so).await?;
    if shown.id != id {
        return Err(WebError::NotFound);
    }
    app.office.revoke_consent(&signed.actor, id, &f.reason).await?;
    Ok(Redirect::to(&format!("/ban/dong-y?so={}", crate::view::encode(&f.so))))
}
