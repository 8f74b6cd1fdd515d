//! `/ban/phan-anh`: what people complain of and suggest, for the head who answers for the agency.

use super::DESK;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::portal::feedback::FeedbackView;
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::Timestamp;
use motcua_model::actor::Role;
use motcua_model::id::FeedbackId;
use motcua_office::feedback::PAGE;
use serde::Deserialize;

/// After which line.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    sau: String,
}

#[derive(Template)]
#[template(path = "desk/feedback_list.html")]
struct ListPage {
    page: Page,
    waiting: Vec<FeedbackView>,
    answered: Vec<FeedbackView>,
    next: String,
}

fn after(typed: &str) -> Option<(Timestamp, FeedbackId)> {
    let (micros, id) = typed.split_once('.')?;
    let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
    Some((at, id.parse().ok()?))
}

pub async fn list(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Leader])?;
    let page = Page::new(&signed.visitor, DESK);
    let found = app.office.feedback_to_answer(&signed.actor, after(&asked.sau)).await?;
    let next = found
        .waiting
        .last()
        .filter(|_| found.waiting.len() == PAGE)
        .map_or_else(String::new, |f| format!("{}.{}", f.due.as_microsecond(), f.id));
    let view = ListPage {
        waiting: found.waiting.iter().map(|f| FeedbackView::of(&app, page.w, f)).collect(),
        answered: found.answered.iter().map(|f| FeedbackView::of(&app, page.w, f)).collect(),
        next,
        page,
    };
    Ok(Html(view.render()?))
}

#[derive(Template)]
#[template(path = "desk/feedback.html")]
struct OnePage {
    page: Page,
    f: FeedbackView,
    text: String,
    wrong: bool,
}

async fn one(app: &AppState, signed: &Signed, id: FeedbackId, text: String, wrong: bool) -> Result<Html<String>, WebError> {
    let page = Page::new(&signed.visitor, DESK);
    let f = app.office.feedback(&signed.actor, id).await?;
    let view = OnePage {
        f: FeedbackView::of(app, page.w, &f),
        text,
        wrong,
        page,
    };
    Ok(Html(view.render()?))
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<FeedbackId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Leader])?;
    one(&app, &signed, id, String::new(), false).await
}

/// The answer.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    text: String,
}

pub async fn answer(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<FeedbackId>,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Leader])?;
    if app.office.answer_feedback(&signed.actor, id, &typed.text).await? {
        return Ok(Redirect::to(&format!("/ban/phan-anh/{id}")).into_response());
    }
    let html = one(&app, &signed, id, typed.text, true).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
