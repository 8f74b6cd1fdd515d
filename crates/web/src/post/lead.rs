//! `/buu-dien/quan-ly`: the head of a post office: volume and waiting, differences to confirm, refused searches.

use super::POST;
use super::till::{TillLine, said, till_line};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::id::TillId;
use motcua_office::post_view::OfficeView;

#[derive(Template)]
#[template(path = "post/lead.html")]
struct LeadPage {
    page: Page,
    office: String,
    figures: OfficeView,
    takings: String,
    short: String,
    over: String,
    waiting: Vec<TillLine>,
    tills: Vec<TillLine>,
    denied: Vec<(String, String, String)>,
    problem: Option<String>,
}

async fn render(app: &AppState, signed: &Signed, problem: Option<String>) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, POST);
    let w = page.w;
    let (figures, tills) = app.office.head_view(&signed.actor).await?;
    let denied = app.office.denied_looks(&signed.actor).await?;
    let (waiting, tills): (Vec<_>, Vec<_>) = tills.iter().map(|t| till_line(w, t)).partition(|t| t.waits);
    let view = LeadPage {
        office: agency_name(app, &figures.office, w.0),
        takings: view::money(w, figures.takings),
        short: view::money(w, figures.short),
        over: view::money(w, figures.over),
        figures,
        waiting,
        tills,
        denied: denied
            .into_iter()
            .map(|d| (d.clerk_name, d.sought, view::short(d.at)))
            .collect(),
        page,
        problem,
    };
    let status = if view.problem.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok((status, Html(view.render()?)).into_response())
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::PostHead])?;
    render(&app, &signed, None).await
}

pub async fn confirm(State(app): State<AppState>, signed: Signed, Path(id): Path<TillId>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::PostHead])?;
    match app.office.confirm_till(&signed.actor, id).await? {
        Ok(till) => Ok(Redirect::to(&format!("/buu-dien/quy/{}/phieu-nop", till.id)).into_response()),
        Err(problem) => {
            let text = said(signed.visitor.words(), problem);
            render(&app, &signed, Some(text)).await
        }
    }
}

pub async fn count_again(State(app): State<AppState>, signed: Signed, Path(id): Path<TillId>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::PostHead])?;
    match app.office.till_count_again(&signed.actor, id).await? {
        Ok(_) => Ok(Redirect::to("/buu-dien/quan-ly").into_response()),
        Err(problem) => {
            let text = said(signed.visitor.words(), problem);
            render(&app, &signed, Some(text)).await
        }
    }
}
