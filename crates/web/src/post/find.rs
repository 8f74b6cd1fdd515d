//! `/buu-dien/tim`: a dossier that this office filed, by code, identity number or phone. Who was not served here is not
//! shown, and the search is noted.

use super::list::{Line, line};
use super::{CLERKS, POST};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::limit;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_office::served::Served;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
}

#[derive(Template)]
#[template(path = "post/find.html")]
struct FindPage {
    page: Page,
    q: String,
    lines: Vec<Line>,
    problem: Option<String>,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    let page = Page::new(&signed.visitor, POST);
    let w = page.w;
    let q: String = asked.q.chars().filter(|c| !c.is_control()).take(100).collect();
    if q.trim().is_empty() {
        return Ok(Redirect::to("/buu-dien").into_response());
    }
    limit::check(&app.limits.check, &signed.actor.account.to_string())?;
    let (status, lines, problem) = match app.office.find_served(&signed.actor, &q).await? {
        Served::Found(found) => (StatusCode::OK, found.iter().map(|d| line(&app, w, d)).collect(), None),
        Served::NotServed => (StatusCode::FORBIDDEN, Vec::new(), Some(w.assisted_not_served().to_owned())),
        Served::Unreadable => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Vec::new(),
            Some(w.assisted_unreadable().to_owned()),
        ),
    };
    let view = FindPage { page, q, lines, problem };
    Ok((status, Html(view.render()?)).into_response())
}
