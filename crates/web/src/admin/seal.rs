//! `/quan-tri/niem-phong`: the daily seals over the journal, the latest first.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use motcua_model::actor::Role;
use serde::Deserialize;

/// Who sees the seals: they hold no dossier's data.
const READERS: &[Role] = &[Role::Administrator, Role::Monitor];
/// Seals on a page: a month.
const PAGE: u32 = 31;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// The page begins before this number.
    truoc: Option<u64>,
}

struct Line {
    number: u64,
    day: String,
    dossiers: u64,
    lines: u64,
    hash: String,
    sealed_at: String,
}

#[derive(Template)]
#[template(path = "admin/seal.html")]
struct Seals {
    page: Page,
    seals: Vec<Line>,
    next: Option<u64>,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(READERS)?;
    let seals = app.office.seals(&signed.actor, asked.truoc, PAGE).await?;
    let next = seals.last().map(|s| s.number).filter(|n| *n > 1);
    let seals = seals.into_iter().map(|s| Line {
        number: s.number,
        day: s.day.strftime("%-d/%-m/%Y").to_string(),
        dossiers: s.dossiers,
        lines: s.lines,
        hash: s.hex(),
        sealed_at: view::short(s.sealed_at),
    });
    Ok(Html(
        Seals {
            page: Page::new(&signed.visitor, "admin"),
            seals: seals.collect(),
            next,
        }
        .render()?,
    ))
}
