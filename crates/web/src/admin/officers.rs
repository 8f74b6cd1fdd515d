//! `/quan-tri/can-bo`: officers whose agency closed, to be moved to the one that took over.

use super::ADMINISTRATORS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::Refusal;
use motcua_model::id::{AccountId, AgencyCode};
use motcua_office::OfficeError;
use serde::Deserialize;

/// A closed agency with its officers.
struct Group {
    code: String,
    name: String,
    until: String,
    /// Code and name of who took over.
    heirs: Vec<(String, String)>,
    /// Account, name, what she does.
    officers: Vec<(AccountId, String, &'static str)>,
}

#[derive(Template)]
#[template(path = "admin/officers.html")]
struct OfficersPage {
    page: Page,
    groups: Vec<Group>,
    problem: &'static str,
}

async fn render(app: &AppState, signed: &Signed, problem: &'static str) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let (w, lang) = (page.w, page.w.0);
    let group = |s: motcua_office::stranded::Stranded| Group {
        code: s.agency.code.0.clone(),
        name: s.agency.name.get(lang).to_owned(),
        until: s.agency.valid_to.map_or_else(String::new, view::date),
        heirs: s
            .heirs
            .iter()
            .map(|h| (h.code.0.clone(), h.name.get(lang).to_owned()))
            .collect(),
        officers: s
            .officers
            .into_iter()
            .map(|o| (o.account, o.name, crate::app::role_name(w, o.role)))
            .collect(),
    };
    let view = OfficersPage {
        groups: app.office.stranded(&signed.actor).await?.into_iter().map(group).collect(),
        problem,
        page,
    };
    Ok(view.render()?)
}

pub(super) async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    Ok(Html(render(&app, &signed, "").await?))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Move {
    nguoi: Option<AccountId>,
    tu: String,
    den: String,
}

pub(super) async fn send(State(app): State<AppState>, signed: Signed, Form(f): Form<Move>) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let officer = f.nguoi.ok_or(WebError::NotFound)?;
    let (from, to) = (AgencyCode(f.tu), AgencyCode(f.den));
    match app.office.move_officer(&signed.actor, officer, &from, &to).await {
        Ok(()) => Ok(Redirect::to("/quan-tri/can-bo").into_response()),
        Err(OfficeError::Refused(Refusal::Overtaken)) => {
            let html = render(&app, &signed, signed.visitor.words().stranded_moved_before()).await?;
            Ok((StatusCode::CONFLICT, Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
