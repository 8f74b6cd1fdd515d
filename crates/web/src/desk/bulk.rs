//! One press for several dossiers of a list; each is told how it went.

use super::OFFICERS;
use super::inbox::{Asked, Outcome, render};
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::actor::Role;
use motcua_model::dossier;
use motcua_model::id::DossierId;
use motcua_office::bulk::{BULK_MAX, Bulk, BulkLine, Left};
use motcua_words::Words;

/// The actions that a queue offers to a role, by their names in the form.
pub(super) fn offers(role: Role, queue: &str) -> Vec<&'static str> {
    let all: &[(&str, &[&str])] = match role {
        Role::Receptionist => &[
            ("tiep-nhan", &["tiep-nhan", "nop-tien"]),
            ("chuyen", &["chuyen"]),
            ("tra-ket-qua", &["tra"]),
        ],
        Role::Leader => &[("duyet", &["lanh-dao", "cua-toi"]), ("giao", &["chuyen-vien"])],
        _ => &[],
    };
    let everywhere = matches!(queue, "tat-ca" | "hom-nay" | "qua-han");
    all.iter()
        .filter(|(action, queues)| queues.contains(&queue) || (everywhere && *action != "giao"))
        .map(|(action, _)| *action)
        .collect()
}

/// What the form asks to be done.
fn wanted(role: Role, text: &dyn Fn(&str) -> String) -> Result<Bulk, WebError> {
    let what = match (role, text("viec").as_str()) {
        (Role::Receptionist, "tiep-nhan") => Bulk::Accept,
        (Role::Receptionist, "chuyen") => Bulk::Forward,
        (Role::Receptionist, "tra-ket-qua") => Bulk::ReturnOnline,
        (Role::Leader, "duyet") => Bulk::Approve(match text("outcome").as_str() {
            "denied" => dossier::Outcome::Denied,
            _ => dossier::Outcome::Granted,
        }),
        (Role::Leader, "giao") => Bulk::Assign {
            to: text("to").parse().map_err(|_| WebError::BadRequest)?,
            reason: text("reason"),
        },
        (_, "tiep-nhan" | "chuyen" | "tra-ket-qua" | "duyet" | "giao") => return Err(WebError::Forbidden),
        _ => return Err(WebError::BadRequest),
    };
    Ok(what)
}

fn said(w: Words, what: &Bulk, line: &BulkLine) -> String {
    match &line.done {
        Ok(d) => match what {
            Bulk::Accept => d
                .due
                .map_or_else(String::new, |due| w.desk_accepted_due(view::moment(w, due))),
            Bulk::Forward => w.queue_done_forward().to_owned(),
            Bulk::Assign { .. } => w.queue_done_assign(d.assignee.as_ref().map_or("", |a| a.name.as_str())),
            Bulk::Approve(_) => w.queue_done_approve().to_owned(),
            Bulk::ReturnOnline => w.queue_done_return().to_owned(),
        },
        Err(Left::Office(e)) => view::office_error(w, e),
        Err(Left::OtherProposal) => w.queue_left_proposal().to_owned(),
        Err(Left::OnPaper) => w.queue_left_paper().to_owned(),
    }
}

/// Does one thing to each of the chosen dossiers.
pub async fn act(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let w = signed.visitor.words();
    let text = |name: &str| {
        pairs
            .iter()
            .find(|(k, _)| k == name)
            .map_or_else(String::new, |(_, v)| v.clone())
    };
    let what = wanted(signed.actor.role, &text)?;
    // A line of the list: the dossier, and the version that the officer saw.
    let chosen: Vec<(DossierId, u64)> = pairs
        .iter()
        .filter(|(k, _)| k == "id")
        .filter_map(|(_, v)| v.split_once('~'))
        .filter_map(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)))
        .collect();
    let problem = if chosen.is_empty() {
        w.desk_none_selected().to_owned()
    } else if chosen.len() > BULK_MAX {
        w.queue_too_many(chosen.len(), BULK_MAX)
    } else {
        String::new()
    };
    let mut outcome = Outcome {
        problem,
        lines: Vec::new(),
    };
    let status = if outcome.problem.is_empty() {
        for line in app.office.bulk(&signed.actor, &chosen, &what).await? {
            let code = line.before.as_ref().map_or_else(|| line.id.to_string(), |d| d.code.0.clone());
            outcome.lines.push((code, said(w, &what, &line), line.done.is_ok()));
        }
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let html = render(&app, &signed, Asked::read(&pairs), outcome).await?;
    Ok((status, Html(html)).into_response())
}
