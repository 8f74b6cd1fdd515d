//! Administration: jobs that were given up, and what was sent to whom.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use motcua_model::actor::Role;
use motcua_model::id::JobId;

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/quan-tri", get(show))
        .route("/quan-tri/viec/{id}/lam-lai", post(replay))
        .route("/quan-tri/viec/{id}/bo", post(discard))
}

struct Message {
    when: String,
    channel: String,
    recipient: String,
    state: &'static str,
    error: String,
}

#[derive(Template)]
#[template(path = "admin.html")]
struct Admin {
    page: Page,
    waiting: u64,
    dead: u64,
    jobs: Vec<(JobId, String, i64, String, String)>,
    messages: Vec<Message>,
}

async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Administrator])?;
    let page = Page::new(&signed.visitor, "admin");
    let (office, actor, w) = (&app.office, &signed.actor, page.w);
    let (waiting, dead) = office.job_counts(actor).await?;
    let jobs = office
        .dead_jobs(actor)
        .await?
        .into_iter()
        .map(|j| (j.id, j.kind, j.attempt, j.error, view::short(j.created_at)));
    let messages = office.messages(actor).await?.into_iter().map(|m| Message {
        when: view::short(m.created_at),
        channel: m.channel,
        recipient: masked(&m.recipient),
        state: if m.state == "sent" { w.admin_sent() } else { w.admin_failed() },
        error: m.error,
    });
    Ok(Html(
        Admin {
            waiting,
            dead,
            jobs: jobs.collect(),
            messages: messages.collect(),
            page,
        }
        .render()?,
    ))
}

/// Enough to recognise, not enough to write to.
fn masked(recipient: &str) -> String {
    let tail: String = recipient
        .chars()
        .rev()
        .take(4)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    format!("•••{tail}")
}

async fn replay(State(app): State<AppState>, signed: Signed, Path(id): Path<JobId>) -> Result<Redirect, WebError> {
    app.office.replay_job(&signed.actor, id).await?;
    Ok(Redirect::to("/quan-tri"))
}

async fn discard(State(app): State<AppState>, signed: Signed, Path(id): Path<JobId>) -> Result<Redirect, WebError> {
    app.office.discard_job(&signed.actor, id).await?;
    Ok(Redirect::to("/quan-tri"))
}
