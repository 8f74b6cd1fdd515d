//! `/ho-so`: my requests and drafts.

use crate::AppState;
use crate::app::{Page, door_of};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::id::{DossierId, ProcedureCode};
use motcua_office::track::PAGE;
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub struct Asked {
    truoc: Option<DossierId>,
}

struct Line {
    id: DossierId,
    code: String,
    name: String,
    status: &'static str,
    kind: String,
    when: String,
}

#[derive(Template)]
#[template(path = "portal/my.html")]
struct My {
    page: Page,
    drafts: Vec<Line>,
    dossiers: Vec<Line>,
    next: Option<DossierId>,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    if signed.actor.role != Role::Citizen {
        let to = door_of(signed.actor.role).map_or("/", |(path, _)| path);
        return Ok(Redirect::to(to).into_response());
    }
    let page = Page::new(&signed.visitor, "portal");
    let w = page.w;
    let name = |code: &ProcedureCode| {
        app.office
            .catalogue()
            .service(code)
            .map_or_else(|| code.0.clone(), |s| s.sheet.name.get(w.0).to_owned())
    };
    let lines = app.office.my_dossiers(&signed.actor, asked.truoc).await?;
    let next = lines.last().filter(|_| lines.len() == PAGE as usize).map(|l| l.id);
    let dossiers = lines
        .into_iter()
        .map(|l| Line {
            id: l.id,
            code: l.code.0,
            name: name(&ProcedureCode(l.procedure)),
            status: view::status(w, &l.status),
            kind: l.status,
            when: view::day(w, l.filed_at),
        })
        .collect();
    let drafts = app.office.drafts(&signed.actor).await?.into_iter().map(|d| Line {
        id: d.id,
        code: String::new(),
        name: name(&d.procedure),
        status: "",
        kind: first_step(&app, &d.procedure),
        when: view::moment(w, d.updated_at),
    });
    Ok(Html(
        My {
            drafts: drafts.collect(),
            dossiers,
            next,
            page,
        }
        .render()?,
    )
    .into_response())
}

fn first_step(app: &AppState, code: &ProcedureCode) -> String {
    app.office
        .catalogue()
        .procedure(code)
        .and_then(|p| p.form.steps.first().map(|s| s.id.clone()))
        .unwrap_or_default()
}
