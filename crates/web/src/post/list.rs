//! `/buu-dien`: what was filed at this post office, the newest first.

use super::{CLERKS, POST, mask};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use motcua_model::id::{DossierId, ProcedureCode};
use motcua_office::track::PAGE;
use serde::Deserialize;

/// What is asked for in the address.
#[derive(Deserialize, Default)]
pub struct Asked {
    /// The page begins before this dossier.
    truoc: Option<DossierId>,
}

struct Line {
    id: DossierId,
    code: String,
    applicant: String,
    service: String,
    status: &'static str,
    kind: String,
    filed: String,
}

#[derive(Template)]
#[template(path = "post/list.html")]
struct List {
    page: Page,
    office: String,
    lines: Vec<Line>,
    next: Option<DossierId>,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(CLERKS)?;
    let page = Page::new(&signed.visitor, POST);
    let (w, catalogue) = (page.w, app.office.catalogue());
    let lines = app.office.filed_here(&signed.actor, asked.truoc).await?;
    let next = lines.last().filter(|_| lines.len() == PAGE as usize).map(|l| l.id);
    let lines = lines.into_iter().map(|l| Line {
        id: l.id,
        code: l.code.0,
        applicant: mask::name(&l.applicant),
        service: catalogue
            .service(&ProcedureCode(l.procedure.clone()))
            .map_or(l.procedure, |s| s.sheet.name.get(w.0).to_owned()),
        status: view::status(w, &l.status),
        kind: l.status,
        filed: view::short(l.filed_at),
    });
    let office = signed
        .actor
        .agency
        .as_ref()
        .map_or_else(String::new, |a| agency_name(&app, a, w.0));
    Ok(Html(
        List {
            office,
            lines: lines.collect(),
            next,
            page,
        }
        .render()?,
    ))
}
