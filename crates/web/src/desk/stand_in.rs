//! `/ban/thay-the`: who stands in for whom, and handing over all that an officer holds.

use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::{Page, role_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::term::read_day;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Time;
use motcua_model::actor::Role;
use motcua_model::clock::TIME_ZONE;
use motcua_model::dossier::Refusal;
use motcua_model::form::Raw;
use motcua_model::id::StandInId;
use motcua_office::OfficeError;
use motcua_office::stand_in::{StandInProblem, StandInState};

/// A substitution as a row.
struct Line {
    id: String,
    absent: String,
    substitute: String,
    period: String,
    reason: String,
    state: &'static str,
    settled_by: String,
    /// What the head may do: address and button.
    can: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "desk/stand_in.html")]
struct StandInPage {
    page: Page,
    head: bool,
    people: Vec<(String, String)>,
    lines: Vec<Line>,
    absent: String,
    substitute: String,
    from: String,
    until: String,
    reason: String,
    problem: String,
    done: String,
}

async fn render(app: &AppState, signed: &Signed, typed: &Raw, problem: &str, done: String) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, DESK);
    let (w, actor) = (page.w, &signed.actor);
    let head = actor.role == Role::Leader;
    let mut people = Vec::new();
    for role in [Role::Receptionist, Role::Specialist, Role::Leader] {
        for c in app.office.officers(actor, role).await? {
            let said = format!("{} ({})", super::holding::said(w, &c), role_name(w, role));
            people.push((c.account.to_string(), said));
        }
    }
    let lines = app.office.stand_ins(actor).await?.into_iter().map(|s| Line {
        id: s.id.to_string(),
        absent: s.absent_name,
        substitute: s.substitute_name,
        period: format!("{} – {}", view::short(s.from), view::short(s.to)),
        reason: s.reason,
        settled_by: s.settled_by,
        state: match s.state.as_str() {
            "asked" => w.holding_state_asked(),
            "approved" => w.holding_state_approved(),
            "refused" => w.holding_state_refused(),
            _ => w.holding_state_ended(),
        },
        can: match s.state.as_str() {
            "asked" if head => vec![("approved", w.holding_approve()), ("refused", w.holding_refuse())],
            "approved" if head => vec![("ended", w.holding_end())],
            _ => Vec::new(),
        },
    });
    let text = |name: &str| typed.get(name).to_owned();
    let view = StandInPage {
        head,
        lines: lines.collect(),
        people,
        absent: match text("absent") {
            none if none.is_empty() && !head => actor.account.to_string(),
            chosen => chosen,
        },
        substitute: text("substitute"),
        from: text("from"),
        until: text("until"),
        reason: text("reason"),
        problem: problem.to_owned(),
        done,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    let typed = Raw::from_pairs(Vec::<(String, String)>::new());
    Ok(Html(render(&app, &signed, &typed, "", String::new()).await?))
}

pub async fn ask(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let (w, typed) = (signed.visitor.words(), Raw::from_pairs(pairs));
    let instant = |name: &str, time: Time| {
        let day = read_day(typed.get(name))?;
        TIME_ZONE.to_timestamp(day.to_datetime(time)).ok()
    };
    let period = instant("from", Time::midnight()).zip(instant("until", jiff::civil::time(23, 59, 59, 0)));
    let people = typed.get("absent").parse().ok().zip(typed.get("substitute").parse().ok());
    let asked = match (people, period) {
        (None, _) => Err(StandInProblem::People),
        (_, None) => Err(StandInProblem::Period),
        (Some(people), Some(period)) => {
            app.office
                .ask_stand_in(&signed.actor, people, period, typed.get("reason"))
                .await?
        }
    };
    let problem = match asked {
        Ok(()) => return Ok(Redirect::to("/ban/thay-the").into_response()),
        Err(StandInProblem::People) => w.holding_problem_people(),
        Err(StandInProblem::Period) => w.holding_problem_period(),
        Err(StandInProblem::Reason) => w.holding_problem_reason(),
    };
    let html = render(&app, &signed, &typed, problem, String::new()).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

pub async fn settle(
    State(app): State<AppState>,
    signed: Signed,
    Path((id, state)): Path<(StandInId, String)>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Leader])?;
    let state = StandInState::parse(&state).ok_or(WebError::NotFound)?;
    match app.office.settle_stand_in(&signed.actor, id, state).await {
        Ok(()) => Ok(Redirect::to("/ban/thay-the").into_response()),
        Err(OfficeError::Refused(Refusal::Overtaken)) => {
            let typed = Raw::from_pairs(Vec::<(String, String)>::new());
            let gone = signed.visitor.words().holding_gone();
            let html = render(&app, &signed, &typed, gone, String::new()).await?;
            Ok((StatusCode::CONFLICT, Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

/// Hands over all that an officer holds.
pub async fn hand_over(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Leader])?;
    let (w, typed) = (signed.visitor.words(), Raw::from_pairs(pairs));
    let to = match typed.get("to") {
        "" => Some(None),
        to => to.parse().ok().map(Some),
    };
    let (Ok(from), Some(to)) = (typed.get("of").parse(), to) else {
        let html = render(&app, &signed, &typed, w.holding_problem_people(), String::new()).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    };
    match app.office.hand_over(&signed.actor, from, to, typed.get("reason")).await {
        Ok(done) => {
            let mut said = w.holding_handed(done.moved);
            if !done.left.is_empty() {
                said.push(' ');
                said.push_str(&w.holding_handed_left(done.left.join(", ")));
            }
            let typed = Raw::from_pairs(Vec::<(String, String)>::new());
            Ok(Html(render(&app, &signed, &typed, "", said).await?).into_response())
        }
        Err(OfficeError::Refused(Refusal::NotPermitted)) => Err(WebError::Forbidden),
        Err(e @ OfficeError::Refused(_)) => {
            let html = render(&app, &signed, &typed, &view::office_error(w, &e), String::new()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
