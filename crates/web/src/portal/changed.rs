//! `/ho-so/nhap/ID/to-khai-moi`: the form has changed since the draft was begun: what, before she goes on.

use super::draft::sent;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::Refusal;
use motcua_model::id::DossierId;
use motcua_office::error::OfficeError;

#[derive(Template)]
#[template(path = "portal/changed.html")]
struct Changed {
    page: Page,
    id: DossierId,
    name: String,
    renamed: Vec<(String, String)>,
    left: Vec<(String, String)>,
    asked: Vec<String>,
}

/// The way to this page.
pub fn first(id: DossierId) -> Response {
    Redirect::to(&format!("/ho-so/nhap/{id}/to-khai-moi")).into_response()
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    let open = match app.office.open_draft(&signed.actor, id).await {
        Err(OfficeError::Refused(Refusal::AlreadySubmitted)) => return Ok(sent(&signed, id)),
        open => open?,
    };
    let page = Page::new(&signed.visitor, "portal");
    let lang = page.w.0;
    let moved = open.draft.body.moved.unwrap_or_default();
    let view = Changed {
        id,
        name: open.procedure.sheet.name.get(lang).to_owned(),
        renamed: moved
            .renamed
            .iter()
            .map(|(before, now)| (before.get(lang).to_owned(), now.get(lang).to_owned()))
            .collect(),
        left: moved
            .left
            .iter()
            .map(|l| (l.label.get(lang).to_owned(), l.value.clone()))
            .collect(),
        asked: moved.asked.iter().map(|label| label.get(lang).to_owned()).collect(),
        page,
    };
    Ok(Html(view.render()?).into_response())
}

pub async fn seen(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    match app.office.confirm_moved(&signed.actor, id).await {
        Err(OfficeError::Refused(Refusal::AlreadySubmitted)) => Ok(sent(&signed, id)),
        step => {
            let step = step?.unwrap_or_else(|| "giay-to".to_owned());
            Ok(Redirect::to(&format!("/ho-so/nhap/{id}/{step}")).into_response())
        }
    }
}
