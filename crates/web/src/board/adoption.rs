//! `/bang/truc-tuyen`: the share filed online, where nobody files online though it is offered, and the open figures
//! `/du-lieu/ho-so-theo-thang.csv`.

use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::actor::Role;
use motcua_office::adoption::{Adoption, Intake, Unused};
use motcua_words::{Lang, Words};
use serde::Deserialize;

/// Lines of the list of unused services on the page.
const UNUSED: usize = 40;
/// Counts below this are hidden in what everybody may read: nobody shall be found in a small number.
const SMALL: i64 = 5;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    tu: String,
    den: String,
}

struct Line {
    name: String,
    intake: Intake,
    online: String,
    level_four: String,
    /// The share online in whole percent, for the bar.
    percent: i64,
}

struct UnusedLine {
    service: String,
    code: String,
    agency: String,
    counter: i64,
}

#[derive(Template)]
#[template(path = "board/adoption.html")]
struct AdoptionPage {
    page: Page,
    from: String,
    to: String,
    all: Line,
    months: Vec<Line>,
    agencies: Vec<Line>,
    services: Vec<Line>,
    unused: Vec<UnusedLine>,
    more: usize,
    concentration: usize,
}

/// `2020-03` of the browser's month field as `YYYYMM`.
fn month(typed: &str) -> Option<i64> {
    let (year, month) = typed.trim().split_once('-')?;
    let (year, month): (i64, i64) = (year.parse().ok()?, month.parse().ok()?);
    ((2000..=2200).contains(&year) && (1..=12).contains(&month)).then_some(year * 100 + month)
}

fn typed(month: i64) -> String {
    format!("{:04}-{:02}", month / 100, month % 100)
}

/// Tenths of a percent as people write them.
pub(super) fn percent(w: Words, tenths: Option<i64>) -> String {
    let point = if w.0 == Lang::Vi { ',' } else { '.' };
    tenths.map_or_else(|| "–".to_owned(), |t| format!("{}{point}{} %", t / 10, t % 10))
}

fn line(w: Words, name: String, intake: Intake) -> Line {
    Line {
        name,
        online: percent(w, intake.online_share()),
        level_four: percent(w, intake.level_four_share()),
        percent: intake.online_share().unwrap_or(0) / 10,
        intake,
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let (w, lang) = (page.w, page.w.0);
    let adoption = app
        .office
        .adoption(&signed.actor, month(&asked.tu), month(&asked.den))
        .await?;
    let Adoption {
        from,
        to,
        all,
        months,
        agencies,
        services,
        unused,
        concentration,
    } = adoption;
    let service = |code: &motcua_model::id::ProcedureCode| {
        let known = app.office.catalogue().service(code);
        known.map_or_else(|| code.to_string(), |s| s.sheet.name.get(lang).to_owned())
    };
    let unused_line = |u: &Unused| UnusedLine {
        service: service(&u.procedure),
        code: u.procedure.to_string(),
        agency: agency_name(&app, &u.agency, lang),
        counter: u.counter,
    };
    let view = AdoptionPage {
        from: typed(from),
        to: typed(to),
        all: line(w, String::new(), all),
        months: months
            .into_iter()
            .map(|(m, i)| line(w, format!("{:02}/{}", m % 100, m / 100), i))
            .collect(),
        agencies: agencies
            .into_iter()
            .map(|(a, i)| line(w, agency_name(&app, &a, lang), i))
            .collect(),
        services: services.into_iter().map(|(s, i)| line(w, service(&s), i)).collect(),
        more: unused.len().saturating_sub(UNUSED),
        unused: unused.iter().take(UNUSED).map(unused_line).collect(),
        concentration,
        page,
    };
    Ok(Html(view.render()?))
}

/// The open figures: month, level, channel, number; small numbers hidden.
pub async fn open_figures(State(app): State<AppState>) -> Result<Response, WebError> {
    let mut csv = String::from("thang,muc_do,kenh,so_ho_so\n");
    for r in app.office.open_intake().await? {
        let n = if r.n < SMALL { format!("<{SMALL}") } else { r.n.to_string() };
        csv.push_str(&format!("{},{},{},{n}\n", typed(r.month), r.level, r.channel));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    Ok((headers, csv).into_response())
}
