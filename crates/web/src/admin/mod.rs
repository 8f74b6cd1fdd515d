//! Administration: jobs that were given up, what was sent to whom, changes of the catalogue, searches that found nothing.
//! No dossier can be seen here.

mod missed;
mod officers;
mod publication;

mod clock;
mod seal;

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use motcua_model::actor::Role;
use motcua_model::dossier::Refusal;
use motcua_model::id::JobId;
use motcua_office::OfficeError;
use motcua_words::Words;

/// Who works here.
const ADMINISTRATORS: &[Role] = &[Role::Administrator];

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/quan-tri", get(show))
        .route("/quan-tri/niem-phong", get(seal::show))
        .route("/quan-tri/lich", get(clock::show).post(clock::publish))
        .route("/quan-tri/viec/{id}/lam-lai", post(replay))
        .route("/quan-tri/viec/{id}/bo", post(discard))
        .route("/quan-tri/can-bo", get(officers::show).post(officers::send))
        .route("/quan-tri/tim-khong-thay", get(missed::show).post(missed::forget))
        .merge(publication::router())
}

struct GivenUp {
    id: JobId,
    kind: String,
    attempts: i64,
    error: String,
    when: String,
}

struct Message {
    when: String,
    channel: String,
    recipient: String,
    subject: String,
    sent: bool,
    state: &'static str,
    error: String,
}

#[derive(Template)]
#[template(path = "admin/admin.html")]
struct Admin {
    page: Page,
    waiting: u64,
    dead: u64,
    sent: usize,
    failed: usize,
    jobs: Vec<GivenUp>,
    messages: Vec<Message>,
    problem: &'static str,
}

async fn render(app: &AppState, signed: &Signed, gone: bool) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let (office, actor, w) = (&app.office, &signed.actor, page.w);
    let (waiting, dead) = office.job_counts(actor).await?;
    let jobs = office.dead_jobs(actor).await?.into_iter().map(|j| GivenUp {
        id: j.id,
        kind: kind(w, &j.kind),
        attempts: j.attempt,
        error: j.error,
        when: view::short(j.created_at),
    });
    let messages: Vec<Message> = office
        .messages(actor)
        .await?
        .into_iter()
        .map(|m| Message {
            when: view::short(m.created_at),
            channel: channel(w, &m.channel),
            recipient: masked(&m.recipient),
            subject: m.subject,
            sent: m.state == "sent",
            state: match m.state.as_str() {
                "sent" => w.admin_sent(),
                "off" => w.admin_off(),
                _ => w.admin_failed(),
            },
            error: m.error,
        })
        .collect();
    let sent = messages.iter().filter(|m| m.sent).count();
    let view = Admin {
        waiting,
        dead,
        sent,
        failed: messages.iter().filter(|m| !m.error.is_empty()).count(),
        jobs: jobs.collect(),
        messages,
        problem: if gone { w.admin_gone() } else { "" },
        page,
    };
    Ok(view.render()?)
}

fn kind(w: Words, kind: &str) -> String {
    match kind {
        "recompute_due" => w.clock_job().to_owned(),
        "notify" => w.admin_job_notify().to_owned(),
        "send_code" => w.admin_job_code().to_owned(),
        other => other.to_owned(),
    }
}

fn channel(w: Words, channel: &str) -> String {
    match channel {
        "mail" => w.admin_channel_mail().to_owned(),
        "sms" => w.admin_channel_sms().to_owned(),
        other => other.to_owned(),
    }
}

/// Enough to recognise, not enough to write to: the last digits of a phone, the first letter and the host of a mailbox.
fn masked(recipient: &str) -> String {
    if let Some((name, host)) = recipient.split_once('@') {
        return format!("{}•••@{host}", name.chars().next().unwrap_or('•'));
    }
    let count = recipient.chars().count();
    format!("•••{}", recipient.chars().skip(count.saturating_sub(3)).collect::<String>())
}

async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    Ok(Html(render(&app, &signed, false).await?))
}

async fn replay(State(app): State<AppState>, signed: Signed, Path(id): Path<JobId>) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let done = app.office.replay_job(&signed.actor, id).await;
    answer(&app, &signed, done).await
}

async fn discard(State(app): State<AppState>, signed: Signed, Path(id): Path<JobId>) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let done = app.office.discard_job(&signed.actor, id).await;
    answer(&app, &signed, done).await
}

async fn answer(app: &AppState, signed: &Signed, done: Result<(), OfficeError>) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to("/quan-tri").into_response()),
        Err(OfficeError::Refused(Refusal::Overtaken)) => {
            Ok((StatusCode::CONFLICT, Html(render(app, signed, true).await?)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_recipient_is_recognised_and_cannot_be_written_to() {
        assert_eq!(masked("+84912345678"), "•••678");
        assert_eq!(masked("hoa@example.vn"), "h•••@example.vn");
        assert_eq!(masked(""), "•••");
    }
}
