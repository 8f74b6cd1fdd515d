//! `/ban/ho-so/ID/phieu-kiem-soat`: who held the dossier and how long, as the control sheet of Circular 01/2018 asks.

use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::{Page, role_name};
use crate::error::WebError;
use crate::portal::dossier::{Standing, standing};
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use motcua_model::dossier::Dossier;
use motcua_model::id::DossierId;
use motcua_office::control::{HandOver, Verdict};

/// One hand-over.
struct Entry {
    when: String,
    what: &'static str,
    giver: String,
    taker: &'static str,
    held: String,
    verdict: &'static str,
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
    let (d, found) = app.office.control(&signed.actor, id).await?;
    let page = Page::new(&signed.visitor, DESK);
    let w = page.w;
    let channel = d.channel;
    let entry = |h: HandOver| Entry {
        when: view::short(h.at),
        what: view::happened(w, channel, h.kind),
        giver: format!("{} ({})", h.giver, role_name(w, h.giver_role)),
        taker: h.taker_role.map_or(w.books_ended(), |role| role_name(w, role)),
        held: match h.planned {
            Some(planned) => format!(
                "{}, {}",
                w.desk_hours(h.held / 3600, h.held % 3600 / 60),
                w.books_planned(planned)
            ),
            None => String::new(),
        },
        verdict: match h.verdict {
            Some(Verdict::Early) => w.books_early(),
            Some(Verdict::OnTime) => w.books_on_time(),
            Some(Verdict::Late) => w.books_late(),
            None => "",
        },
        note: h.note,
    };
    Ok(Html(
        ControlPage {
            standing: standing(&app, w, &d, true),
            entries: found.into_iter().map(entry).collect(),
            page,
            d,
        }
        .render()?,
    ))
}
