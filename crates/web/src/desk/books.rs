//! `/ban/so-sach`: the papers that an agency keeps: the register and the day's hand-over list, for days of choice.

use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::portal::print::headers;
use crate::session::Signed;
use askama::Template;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use futures_util::StreamExt;
use jiff::ToSpan;
use jiff::civil::Date;
use motcua_model::clock::local;
use motcua_office::books::RegisterSpan;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The longest span of one register: a year, as the law has one book a year.
const DAYS_MAX: i32 = 366;

/// What was chosen, as typed.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Choice {
    from: String,
    to: String,
    field: String,
    day: String,
}

#[derive(Template)]
#[template(path = "desk/books.html")]
struct BooksPage {
    page: Page,
    choice: Choice,
    /// Fields of the services, with whether each is chosen.
    fields: Vec<(String, bool)>,
    problem: String,
}

fn draw(app: &AppState, signed: &Signed, mut choice: Choice, problem: String) -> Result<Html<String>, WebError> {
    let today = local(app.office.now()).date();
    let first = today.first_of_month();
    for (typed, day) in [(&mut choice.from, first), (&mut choice.to, today), (&mut choice.day, today)] {
        if typed.is_empty() {
            *typed = day.to_string();
        }
    }
    let fields: BTreeSet<String> = app
        .office
        .catalogue()
        .services()
        .iter()
        .map(|s| s.sheet.field.clone())
        .collect();
    let view = BooksPage {
        page: Page::new(&signed.visitor, DESK),
        fields: fields.into_iter().map(|f| (f.clone(), f == choice.field)).collect(),
        choice,
        problem,
    };
    Ok(Html(view.render()?))
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(choice): Query<Choice>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    draw(&app, &signed, choice, String::new())
}

/// A day as a date input sends it, or as people type it where there is none.
fn day(typed: &str) -> Option<Date> {
    let typed = typed.trim();
    typed.parse().ok().or_else(|| Date::strptime("%d/%m/%Y", typed).ok())
}

fn refused(app: &AppState, signed: &Signed, choice: Choice, problem: String) -> Result<Response, WebError> {
    let page = draw(app, signed, choice, problem)?;
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub async fn register(State(app): State<AppState>, signed: Signed, Query(choice): Query<Choice>) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    if choice.from.is_empty() && choice.to.is_empty() {
        return Ok(Redirect::to("/ban/so-sach").into_response());
    }
    let w = signed.visitor.words();
    let (Some(from), Some(to)) = (day(&choice.from), day(&choice.to)) else {
        return refused(&app, &signed, choice, w.books_bad_day().to_owned());
    };
    if from > to {
        return refused(&app, &signed, choice, w.books_backwards().to_owned());
    }
    if from.until(to).map_or(i32::MAX, |span| span.get_days()) > DAYS_MAX {
        return refused(&app, &signed, choice, w.books_too_long().to_owned());
    }
    let field = choice.field.clone();
    let pieces = app.office.register(&signed.actor, &RegisterSpan { from, to, field })?;
    let stream = futures_util::stream::unfold(pieces, |mut pieces| async move { pieces.recv().await.map(|p| (p, pieces)) });
    let body = Body::from_stream(stream.map(Ok::<_, std::io::Error>));
    Ok((headers("application/pdf", &format!("so-theo-doi-{from}-{to}.pdf")), body).into_response())
}

pub async fn hand_overs(State(app): State<AppState>, signed: Signed, Query(choice): Query<Choice>) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    if choice.day.is_empty() {
        return Ok(Redirect::to("/ban/so-sach").into_response());
    }
    let valid = day(&choice.day).filter(|d| d.checked_add(1.day()).is_ok());
    let Some(day) = valid else {
        let problem = signed.visitor.words().books_bad_day().to_owned();
        return refused(&app, &signed, choice, problem);
    };
    let pdf = app.office.hand_over_list(&signed.actor, day).await?;
    Ok((headers("application/pdf", &format!("ban-giao-{day}.pdf")), pdf).into_response())
}
