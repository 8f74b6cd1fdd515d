//! `/ban/xem`: the filters of a list under a name of the officer's own.

use super::OFFICERS;
use super::inbox::{Asked, Outcome, render};
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_office::saved_view::{NAME_MAX, VIEWS_MAX, ViewProblem};

/// Keeps or forgets a view.
pub async fn keep(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let text = |name: &str| pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    let asked = Asked::read(&pairs);
    if !text("bo").is_empty() {
        app.office.drop_view(&signed.actor, text("bo")).await?;
        return Ok(Redirect::to(&format!("/ban?{}", asked.query())).into_response());
    }
    let w = signed.visitor.words();
    let problem = match app.office.save_view(&signed.actor, text("ten"), &asked.query()).await? {
        Ok(()) => return Ok(Redirect::to(&format!("/ban?{}", asked.query())).into_response()),
        Err(ViewProblem::Name) => w.queue_view_name(NAME_MAX),
        Err(ViewProblem::TooMany) => w.queue_view_many(VIEWS_MAX),
    };
    let outcome = Outcome {
        problem,
        lines: Vec::new(),
    };
    let html = render(&app, &signed, asked, outcome).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}
