//! `/buu-dien`: what is under way, and what was filed at this post office, the newest first.

use super::{CLERKS, POST, mask};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use motcua_model::consent::ConsentState;
use motcua_model::dossier::Dossier;
use motcua_model::id::{DossierId, ProcedureCode};
use motcua_words::Words;
use serde::Deserialize;

/// What is asked for in the address.
#[derive(Deserialize, Default)]
pub struct Asked {
    /// The page begins before this dossier.
    truoc: Option<DossierId>,
}

/// A dossier in a list, its person masked.
pub(super) struct Line {
    pub id: DossierId,
    pub code: String,
    pub applicant: String,
    pub service: String,
    pub status: &'static str,
    pub kind: String,
    pub filed: String,
}

/// A filing that was begun.
struct Begun {
    id: DossierId,
    name: String,
    service: String,
    said: &'static str,
    when: String,
}

#[derive(Template)]
#[template(path = "post/list.html")]
struct List {
    page: Page,
    office: String,
    begun: Vec<Begun>,
    /// A till that has to be closed first; empty where there is none.
    till: String,
    lines: Vec<Line>,
    next: Option<DossierId>,
}

fn service_name(app: &AppState, w: Words, code: &str) -> String {
    let service = app.office.catalogue().service(&ProcedureCode::from(code));
    service.map_or_else(|| code.to_owned(), |s| s.sheet.name.get(w.0).to_owned())
}

/// The line of a dossier.
pub(super) fn line(app: &AppState, w: Words, d: &Dossier) -> Line {
    Line {
        id: d.id,
        code: d.code.0.clone(),
        applicant: mask::name(&d.applicant.name),
        service: service_name(app, w, d.procedure.as_str()),
        status: view::status(w, d.status.as_str()),
        kind: d.status.as_str().to_owned(),
        filed: view::short(d.filed_at),
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(CLERKS)?;
    let page = Page::new(&signed.visitor, POST);
    let w = page.w;
    let (lines, next) = app.office.filed_here(&signed.actor, asked.truoc).await?;
    let lines = lines.into_iter().map(|l| Line {
        id: l.id,
        code: l.code.0,
        applicant: mask::name(&l.applicant),
        service: service_name(&app, w, &l.procedure),
        status: view::status(w, &l.status),
        kind: l.status,
        filed: view::short(l.filed_at),
    });
    let begun = app.office.under_way(&signed.actor).await?.into_iter().map(|b| Begun {
        id: b.id,
        name: mask::name(&b.name),
        service: service_name(&app, w, b.procedure.as_str()),
        said: match b.state {
            ConsentState::Asked => w.assisted_state_asked(),
            ConsentState::Revoked => w.assisted_state_revoked(),
            ConsentState::Given | ConsentState::Used => w.assisted_state_given(),
        },
        when: view::short(b.at),
    });
    let office = signed
        .actor
        .agency
        .as_ref()
        .map_or_else(String::new, |a| agency_name(&app, a, w.0));
    let left = app.office.till_left_open(&signed.actor).await?;
    let till = left.map_or_else(String::new, |t| {
        w.till_left(view::date(t.day), agency_name(&app, &t.office, w.0))
    });
    Ok(Html(
        List {
            till,
            office,
            begun: begun.collect(),
            lines: lines.collect(),
            next,
            page,
        }
        .render()?,
    ))
}
