//! `/ban/so`: the register of the one-stop by days and field, page by page, and as a table for a spreadsheet.

use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use jiff::civil::Date;
use motcua_model::clock::local;
use motcua_model::id::DossierId;
use motcua_office::register::{DAYS_MAX, RegisterAsked};
use motcua_words::Words;
use serde::Deserialize;
use std::collections::BTreeSet;
use tokio_util::io::ReaderStream;

/// What is asked for in the address.
#[derive(Clone, Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// First day, as a date box sends it.
    tu: String,
    /// Last day.
    den: String,
    /// Field.
    linh_vuc: String,
    /// Code after which the page begins.
    sau: String,
}

struct Line {
    id: DossierId,
    code: String,
    applicant: String,
    service: String,
    filed: String,
    due: String,
    kind: &'static str,
    status: &'static str,
    returned: String,
}

#[derive(Template)]
#[template(path = "desk/register.html")]
struct RegisterPage {
    page: Page,
    agency: String,
    from: Date,
    to: Date,
    asked: Asked,
    fields: Vec<String>,
    lines: Vec<Line>,
    next: String,
    query: String,
    problem: String,
}

/// The days that are asked for; this month where nothing or nonsense is.
fn read(app: &AppState, w: Words, asked: &Asked) -> (RegisterAsked, String) {
    let today = local(app.office.now()).date();
    let day = |text: &str| {
        let text = text.trim();
        text.parse().ok().or_else(|| Date::strptime("%d/%m/%Y", text).ok())
    };
    let (mut from, mut to) = (today.first_of_month(), today);
    let mut problem = String::new();
    for (text, place) in [(&asked.tu, &mut from), (&asked.den, &mut to)] {
        match day(text) {
            Some(day) => *place = day,
            None if text.trim().is_empty() => {}
            None => problem = w.register_bad_day().to_owned(),
        }
    }
    if from > to {
        problem = w.register_backwards().to_owned();
        from = to;
    }
    let most = from.saturating_add(jiff::Span::new().days(DAYS_MAX - 1));
    if to > most {
        problem = w.register_too_long(DAYS_MAX);
        to = most;
    }
    let asked = RegisterAsked {
        from,
        to,
        field: asked.linh_vuc.clone(),
        after: Some(asked.sau.clone()).filter(|c| !c.is_empty()),
    };
    (asked, problem)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    let page = Page::new(&signed.visitor, DESK);
    let w = page.w;
    let (wanted, problem) = read(&app, w, &asked);
    let (dossiers, next) = app.office.register_page(&signed.actor, &wanted).await?;
    let query = format!(
        "tu={}&den={}&linh_vuc={}",
        wanted.from,
        wanted.to,
        view::encode(&wanted.field)
    );
    let services = super::counter::settled_by(&app, signed.actor.agency.as_ref());
    let fields: BTreeSet<String> = services.iter().map(|s| s.sheet.field.clone()).collect();
    let view = RegisterPage {
        agency: signed
            .actor
            .agency
            .as_ref()
            .map_or_else(String::new, |a| agency_name(&app, a, w.0)),
        lines: dossiers
            .into_iter()
            .map(|d| Line {
                service: app
                    .office
                    .catalogue()
                    .service(&d.procedure)
                    .map_or_else(|| d.procedure.0.clone(), |s| s.sheet.name.get(w.0).to_owned()),
                filed: view::short(d.filed_at),
                due: d.due.map_or_else(String::new, view::short),
                kind: d.status.as_str(),
                status: view::status(w, d.status.as_str()),
                returned: d.returned.as_ref().map_or_else(String::new, |r| view::short(r.at)),
                id: d.id,
                code: d.code.0,
                applicant: d.applicant.name,
            })
            .collect(),
        next: next.map_or_else(String::new, |code| format!("/ban/so?{query}&sau={}", view::encode(&code))),
        from: wanted.from,
        to: wanted.to,
        fields: fields.into_iter().collect(),
        query,
        asked,
        problem,
        page,
    };
    Ok(Html(view.render()?))
}

/// The same as a file.
pub async fn table(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let w = signed.visitor.words();
    let (mut wanted, _) = read(&app, w, &asked);
    wanted.after = None;
    let file = app.office.register_table(&signed.actor, &wanted, w).await?;
    let name = format!("attachment; filename=\"so-theo-doi-{}-{}.xlsx\"", wanted.from, wanted.to);
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    let body = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file)));
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], body).into_response())
}
