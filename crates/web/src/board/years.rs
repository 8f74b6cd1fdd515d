//! `/bang/cac-nam`: the province year by year, what was counted here beside what was brought in; the monitor brings in.

use super::adoption::percent;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::dossier::Refusal;
use motcua_office::OfficeError;
use motcua_office::history::{COLUMNS, FILE_MAX, ImportError, LineProblem, Wrong};
use motcua_words::Words;
use serde::Deserialize;

/// Problems of a file that one page shows; more of them are usually the same mistake.
const SHOWN: usize = 50;

struct YearLine {
    year: i64,
    total: i64,
    online: i64,
    share: String,
    level_four: i64,
    level_four_share: String,
    /// Where the figures are from, in words.
    from: String,
    /// Heights of the two bars of the chart, of 120.
    bars: (i64, i64),
}

struct ImportLine {
    name: String,
    source: String,
    by: String,
    when: String,
    lines: i64,
    held: i64,
}

#[derive(Template)]
#[template(path = "board/years.html")]
struct YearsPage {
    page: Page,
    years: Vec<YearLine>,
    imports: Vec<ImportLine>,
    may_import: bool,
    problems: Vec<String>,
    more: usize,
    done: Option<String>,
    source: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    dong: Option<usize>,
}

/// What is shown above the form.
#[derive(Default)]
struct Said {
    problems: Vec<String>,
    more: usize,
    done: Option<String>,
    source: String,
}

async fn render(app: &AppState, signed: &Signed, said: Said) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let years = app.office.years(&signed.actor).await?;
    let most = years.iter().map(|y| y.intake.total()).max().unwrap_or(0).max(1);
    let line = |y: &motcua_office::history::Year| YearLine {
        year: y.year,
        total: y.intake.total(),
        online: y.intake.all_online(),
        share: percent(w, y.intake.online_share()),
        level_four: y.intake.level_four,
        level_four_share: percent(w, y.intake.level_four_share()),
        from: y
            .source
            .as_ref()
            .map_or_else(|| w.years_counted_here().to_owned(), |s| w.years_brought_in(s)),
        bars: (y.intake.total() * 120 / most, y.intake.all_online() * 120 / most),
    };
    let view = YearsPage {
        years: years.iter().map(line).collect(),
        imports: app
            .office
            .history_imports(&signed.actor)
            .await?
            .into_iter()
            .map(|i| ImportLine {
                name: i.name,
                source: i.source,
                by: i.by,
                when: view::short(i.at),
                lines: i.lines,
                held: i.held,
            })
            .collect(),
        may_import: signed.actor.role == Role::Monitor,
        problems: said.problems,
        more: said.more,
        done: said.done,
        source: said.source,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(done): Query<Done>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let w = signed.visitor.words();
    let done = done.dong.map(|n| {
        if n == 0 {
            w.years_nothing_new().to_owned()
        } else {
            w.years_taken(n)
        }
    });
    let said = Said { done, ..Said::default() };
    Ok(Html(render(&app, &signed, said).await?))
}

/// The table to fill in.
pub async fn template() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"so-lieu-cac-nam.csv\""),
    ];
    (
        headers,
        format!(
            "\u{feff}{}\n2019,,,,,quay,,0\n2019,,,,,truc_tuyen,3,0\n2019,,,,,tong,,0\n",
            COLUMNS.join(",")
        ),
    )
        .into_response()
}

pub async fn bring_in(State(app): State<AppState>, signed: Signed, form: Multipart) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Monitor])?;
    let w = signed.visitor.words();
    let typed = read(form).await?;
    let taken = if typed.bytes.is_empty() {
        Err(vec![w.years_no_file().to_owned()])
    } else {
        match app
            .office
            .import_history(&signed.actor, &typed.name, &typed.source, &typed.bytes)
            .await
        {
            Ok(taken) => Ok(taken.unwrap_or(0)),
            Err(ImportError::Problems(problems)) => Err(problems.iter().map(|p| said(w, p)).collect()),
            Err(ImportError::Office(OfficeError::Refused(Refusal::ReasonMissing))) => Err(vec![w.years_no_source().to_owned()]),
            Err(ImportError::Office(e)) => return Err(e.into()),
        }
    };
    match taken {
        Ok(lines) => Ok(Redirect::to(&format!("/bang/cac-nam?dong={lines}")).into_response()),
        Err(mut problems) => {
            let more = problems.len().saturating_sub(SHOWN);
            problems.truncate(SHOWN);
            let said = Said {
                problems,
                more,
                done: None,
                source: typed.source,
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(render(&app, &signed, said).await?)).into_response())
        }
    }
}

#[derive(Default)]
struct Typed {
    name: String,
    source: String,
    bytes: Vec<u8>,
}

async fn read(mut form: Multipart) -> Result<Typed, WebError> {
    let cut = |e: MultipartError| {
        if e.status() == StatusCode::PAYLOAD_TOO_LARGE {
            WebError::too_large()
        } else {
            WebError::BadRequest
        }
    };
    let mut typed = Typed::default();
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        if field.name() == Some("nguon") {
            typed.source = field.text().await.map_err(cut)?;
        } else if field.name() == Some("tep") {
            typed.name = field.file_name().unwrap_or("").to_owned();
            while let Some(chunk) = field.chunk().await.map_err(cut)? {
                typed.bytes.extend_from_slice(&chunk);
                if u64::try_from(typed.bytes.len()).unwrap_or(u64::MAX) > FILE_MAX {
                    return Err(WebError::too_large());
                }
            }
        }
    }
    Ok(typed)
}

/// A problem of a line, with what would be right.
fn said(w: Words, p: &LineProblem) -> String {
    let what = match &p.what {
        Wrong::Unreadable => w.years_wrong_unreadable().to_owned(),
        Wrong::NoColumn => w.years_wrong_no_column(p.column, COLUMNS.join(", ")),
        Wrong::Empty => w.years_wrong_empty().to_owned(),
        Wrong::TooLong => w.years_wrong_too_long().to_owned(),
        Wrong::NotANumber(typed) => w.years_wrong_number(p.column, typed),
        Wrong::Year(typed) => w.years_wrong_year(typed),
        Wrong::Month(typed) => w.years_wrong_month(typed),
        Wrong::Agency(typed) => w.years_wrong_agency(typed),
        Wrong::Procedure(typed) => w.years_wrong_procedure(typed),
        Wrong::Channel(typed) => w.years_wrong_channel(typed),
        Wrong::Level(typed) => w.years_wrong_level(typed),
        Wrong::Doubled(first) => w.years_wrong_doubled(first),
        Wrong::Sum { said, counted } => w.years_wrong_sum(counted, said),
    };
    if p.line == 0 { what } else { w.years_line(p.line, what) }
}
