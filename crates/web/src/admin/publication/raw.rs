//! `/quan-tri/danh-muc/ID/tep?tep=PATH`: a file as it is, with the same check as every form.

use super::{ADMINISTRATORS, Wrong};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::Refusal;
use motcua_model::id::PublicationId;
use motcua_office::error::{OfficeError, PublicationProblem};
use motcua_office::publication::OpenPublication;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "admin/publication/raw.html")]
struct RawPage {
    page: Page,
    id: PublicationId,
    path: String,
    name: String,
    text: String,
    saved: u64,
    editable: bool,
    changed: bool,
    exists: bool,
    wrong: Vec<Wrong>,
    elsewhere: usize,
    checked: bool,
    problem: String,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    tep: String,
}

/// Mistakes of the content with a change; none where nothing was changed.
pub(super) async fn mistakes(app: &AppState, open: &OpenPublication) -> Result<Vec<motcua_catalogue::Mistake>, WebError> {
    if open.files.is_empty() {
        return Ok(Vec::new());
    }
    match app.office.check_publication(open).await {
        Ok(_) => Ok(Vec::new()),
        Err(OfficeError::Publication(PublicationProblem::Mistakes(list))) => Ok(list),
        Err(e) => Err(e.into()),
    }
}

/// What was typed and was not saved, and why.
struct Typed {
    text: String,
    problem: String,
}

async fn render(
    app: &AppState,
    signed: &Signed,
    id: PublicationId,
    path: &str,
    typed: Option<Typed>,
) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let open = app.office.publication(&signed.actor, id).await?;
    let content = app.office.content_with(&signed.actor, &open).await?;
    let exists = content.get(path).is_some();
    if !exists && (path.is_empty() || motcua_catalogue::check_path(path).is_err()) {
        return Err(WebError::NotFound);
    }
    let all = mistakes(app, &open).await?;
    let (here, elsewhere): (Vec<_>, Vec<_>) = all.iter().partition(|m| m.file == path);
    let (text, problem) = match typed {
        Some(typed) => (typed.text, typed.problem),
        None => (content.get(path).unwrap_or("").to_owned(), String::new()),
    };
    let view = RawPage {
        id,
        name: super::pick::name_of(app, page.w, path),
        path: path.to_owned(),
        text,
        saved: open.stored.saved,
        editable: open.is_editable(&signed.actor),
        changed: open.files.iter().any(|f| f.path == path),
        exists,
        wrong: here.into_iter().take(50).map(Wrong::of).collect(),
        elsewhere: elsewhere.len(),
        checked: !open.files.is_empty(),
        problem,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    Ok(Html(render(&app, &signed, id, &asked.tep, None).await?))
}

#[derive(Deserialize)]
pub struct Save {
    #[serde(default)]
    tep: String,
    #[serde(default)]
    seen: u64,
    #[serde(default)]
    text: String,
    /// Set by the button that removes the file.
    bo: Option<String>,
}

pub async fn save(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Form(f): Form<Save>,
) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let body = f.bo.is_none().then_some(f.text.as_str());
    let done = app.office.save_file(&signed.actor, id, f.seen, &f.tep, body).await;
    let w = signed.visitor.words();
    let (status, problem) = match done {
        Ok(()) if f.bo.is_some() => return Ok(Redirect::to(&format!("/quan-tri/danh-muc/{id}")).into_response()),
        Ok(()) => {
            let to = format!("/quan-tri/danh-muc/{id}/tep?tep={}", view::encode(&f.tep));
            return Ok(Redirect::to(&to).into_response());
        }
        Err(OfficeError::Refused(Refusal::Overtaken)) => (StatusCode::CONFLICT, w.publication_overtaken().to_owned()),
        Err(e @ OfficeError::Publication(_)) => {
            let problem = view::office_error(w, &e);
            (WebError::from(e).status(), problem)
        }
        Err(e) => return Err(e.into()),
    };
    let typed = Typed { text: f.text, problem };
    Ok((status, Html(render(&app, &signed, id, &f.tep, Some(typed)).await?)).into_response())
}
