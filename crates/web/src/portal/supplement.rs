//! `/ho-so/ID/bo-sung`: answer a request to supplement: only what was asked for.

use super::account::sign_in_keeping;
use super::field::{Control, Drawing};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::{Signed, Visitor};
use crate::upload;
use crate::view;
use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::dossier::Refusal;
use motcua_model::form::{Field, Problem, Raw};
use motcua_model::id::DossierId;
use motcua_office::error::OfficeError;
use std::collections::BTreeMap;

struct Asked {
    label: String,
    reason: String,
    control: Option<Control>,
    paper: String,
}

#[derive(Template)]
#[template(path = "portal/supplement.html")]
struct SupplementPage {
    page: Page,
    id: DossierId,
    code: String,
    asked: Vec<Asked>,
    /// Whether what was answered is hidden.
    masked: bool,
    problem: String,
}

async fn render(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    typed: &BTreeMap<String, String>,
    problems: &[Problem],
    problem: String,
) -> Result<String, WebError> {
    let d = app.office.my_dossier(&signed.actor, id).await?;
    let request = d.open_supplement().ok_or(Refusal::WrongStatus {
        status: d.status.as_str(),
    })?;
    let procedure = app.office.catalogue().procedure(&d.procedure).ok_or(WebError::NotFound)?;
    let page = Page::new(&signed.visitor, "portal");
    let registers = app.office.catalogue().registers();
    let drawing = Drawing {
        w: page.w,
        answers: &d.answers,
        typed,
        problems,
        registers,
        more: None,
        step: &[],
        taken: &BTreeMap::new(),
    };
    let form = procedure.form_at(d.form_version);
    // After filing, a post office sees no answer any more: its clerk asks the person again.
    let masked = signed.actor.role == Role::PostClerk;
    let control = |f: &Field| if masked { drawing.blank(f) } else { drawing.control(f) };
    let asked = request
        .lacks
        .iter()
        .map(|lack| Asked {
            label: lack.label.clone(),
            reason: lack.reason.clone(),
            control: form.field(&lack.about).map(control),
            paper: form.paper(&lack.about).map_or_else(String::new, |p| p.id.clone()),
        })
        .collect();
    Ok(SupplementPage {
        page,
        id,
        code: d.code.0.clone(),
        asked,
        masked,
        problem,
    }
    .render()?)
}

/// The page with what was typed before the session ended.
pub async fn show_typed(app: &AppState, signed: &Signed, id: DossierId, kept: &Raw) -> Result<Html<String>, WebError> {
    Ok(Html(render(app, signed, id, &kept.typed(), &[], String::new()).await?))
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    Ok(Html(render(&app, &signed, id, &BTreeMap::new(), &[], String::new()).await?))
}

pub async fn send(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<DossierId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, WebError> {
    if visitor.unknown {
        return Err(WebError::Unavailable);
    }
    let Some(account) = visitor.account.clone() else {
        let form = form.map_err(|_| WebError::SignIn {
            back: visitor.path.clone(),
        })?;
        return sign_in_keeping(&visitor, &format!("/ho-so/{id}/bo-sung"), &upload::texts(form).await?);
    };
    let signed = Signed {
        actor: account.actor(),
        visitor,
    };
    app.office.my_dossier(&signed.actor, id).await?;
    let (raw, files) = upload::read(&app, form.map_err(|_| WebError::BadRequest)?).await?;
    let (problems, problem) = match app.office.answer_supplement(&signed.actor, id, &raw, files).await {
        Ok(_) => return Ok(Redirect::to(&format!("/ho-so/{id}")).into_response()),
        Err(OfficeError::Problems(problems)) => (problems, signed.visitor.words().problem_summary().to_owned()),
        Err(
            e @ (OfficeError::Paper(_) | OfficeError::Refused(Refusal::SupplementIncomplete { .. } | Refusal::NotAsked { .. })),
        ) => (Vec::new(), view::office_error(signed.visitor.words(), &e)),
        Err(e) => return Err(e.into()),
    };
    let html = render(&app, &signed, id, &raw.typed(), &problems, problem).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}
