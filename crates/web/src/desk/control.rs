//! `/ban/ho-so/ID/phieu-kiem-soat`: who held the dossier and how long, as the control sheet of Circular 01/2018 asks.

use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::portal::dossier::{Standing, standing};
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use motcua_model::dossier::Dossier;
use motcua_model::id::DossierId;

/// One hand-over.
struct Entry {
    when: String,
    what: &'static str,
    by: String,
    held: String,
    note: String,
}

#[derive(Template)]
#[template(path = "desk/control.html")]
struct ControlPage {
    page: Page,
    d: Dossier,
    standing: Standing,
    entries: Vec<Entry>,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    let d = app.office.glance(&signed.actor, id).await?.dossier;
    let page = Page::new(&signed.visitor, DESK);
    let (w, calendar) = (page.w, app.office.catalogue().calendar());
    let mut before = None;
    let entries = d
        .moments
        .iter()
        .map(|m| {
            let since = before.replace(m.at);
            let seconds = since.and_then(|at| calendar.working_seconds(at, m.at).ok());
            Entry {
                when: view::short(m.at),
                what: view::event(w, &m.kind),
                by: m.by.clone(),
                held: seconds.map_or_else(String::new, |s| w.desk_hours(s / 3600, s % 3600 / 60)),
                note: m.note.clone(),
            }
        })
        .collect();
    Ok(Html(
        ControlPage {
            standing: standing(&app, w, &d, true),
            entries,
            page,
            d,
        }
        .render()?,
    ))
}
