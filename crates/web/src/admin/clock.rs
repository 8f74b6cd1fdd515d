//! `/quan-tri/lich`: days off, days worked in exchange and suspensions by decision.

use super::ADMINISTRATORS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::term::read_day;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::clock::{ClockDecision, DecisionKind};
use motcua_model::form::Raw;
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_office::working_time::DecisionProblem;
use motcua_words::Words;

/// A decision as a row.
struct Line {
    number: String,
    kind: &'static str,
    period: String,
    why: String,
    scope: String,
    published: String,
    progress: String,
}

#[derive(Template)]
#[template(path = "admin/clock.html")]
struct ClockPage {
    page: Page,
    lines: Vec<Line>,
    kinds: Vec<(&'static str, &'static str, bool)>,
    number: String,
    from: String,
    to: String,
    why: String,
    agencies: String,
    procedures: String,
    fields: String,
    problem: String,
}

fn kind(w: Words, kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Off => w.clock_kind_off(),
        DecisionKind::MorningOff => w.clock_kind_morning_off(),
        DecisionKind::AfternoonOff => w.clock_kind_afternoon_off(),
        DecisionKind::Makeup => w.clock_kind_makeup(),
        DecisionKind::Suspension => w.clock_kind_suspension(),
    }
}

async fn render(app: &AppState, signed: &Signed, typed: &Raw, problem: String) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let w = page.w;
    let lines = app.office.clock_decisions(&signed.actor).await?.into_iter().map(|p| {
        let d = p.decision;
        let scope = [
            d.agencies.iter().map(|a| a.0.clone()).collect::<Vec<_>>(),
            d.procedures.iter().map(|c| c.0.clone()).collect(),
            d.fields,
        ]
        .concat();
        let days = |date: jiff::civil::Date| date.strftime("%-d/%-m/%Y").to_string();
        Line {
            number: d.number,
            kind: kind(w, d.kind),
            period: if d.from == d.to {
                days(d.from)
            } else {
                format!("{} – {}", days(d.from), days(d.to))
            },
            why: d.why,
            scope: if scope.is_empty() {
                w.clock_scope_all().to_owned()
            } else {
                scope.join(", ")
            },
            published: format!("{} · {}", view::short(p.at), p.by),
            progress: if p.finished {
                w.clock_done(p.changed, p.checked)
            } else {
                w.clock_running(p.changed, p.checked)
            },
        }
    });
    let text = |name: &str| typed.get(name).to_owned();
    let view = ClockPage {
        lines: lines.collect(),
        kinds: DecisionKind::ALL
            .into_iter()
            .map(|k| (k.as_str(), kind(w, k), typed.get("kind") == k.as_str()))
            .collect(),
        number: text("number"),
        from: text("from"),
        to: text("to"),
        why: text("why"),
        agencies: text("agencies"),
        procedures: text("procedures"),
        fields: text("fields"),
        problem,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let typed = Raw::from_pairs(Vec::<(String, String)>::new());
    Ok(Html(render(&app, &signed, &typed, String::new()).await?))
}

fn list(text: &str, between: char) -> Vec<String> {
    let mut list: Vec<String> = text
        .split([between, '\n'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    list.dedup();
    list
}

pub async fn publish(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let (w, typed) = (signed.visitor.words(), Raw::from_pairs(pairs));
    let from = read_day(typed.get("from"));
    let to = if typed.get("to").trim().is_empty() {
        from
    } else {
        read_day(typed.get("to"))
    };
    let problem = match (DecisionKind::parse(typed.get("kind")), from, to) {
        (None, ..) => w.clock_problem_kind().to_owned(),
        (_, None, _) | (_, _, None) => w.clock_problem_period().to_owned(),
        (Some(kind), Some(from), Some(to)) => {
            let decision = ClockDecision {
                number: typed.get("number").trim().to_owned(),
                kind,
                from,
                to,
                why: typed.get("why").trim().to_owned(),
                agencies: list(typed.get("agencies"), ',').into_iter().map(AgencyCode).collect(),
                procedures: list(typed.get("procedures"), ',').into_iter().map(ProcedureCode).collect(),
                fields: list(typed.get("fields"), ';'),
            };
            match app.office.publish_decision(&signed.actor, decision).await? {
                Ok(_) => return Ok(Redirect::to("/quan-tri/lich").into_response()),
                Err(problem) => said(w, &problem),
            }
        }
    };
    let html = render(&app, &signed, &typed, problem).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

fn said(w: Words, problem: &DecisionProblem) -> String {
    match problem {
        DecisionProblem::Number => w.clock_problem_number().to_owned(),
        DecisionProblem::Twice => w.clock_problem_twice().to_owned(),
        DecisionProblem::Period => w.clock_problem_period().to_owned(),
        DecisionProblem::Year => w.clock_problem_year().to_owned(),
        DecisionProblem::Why => w.clock_problem_why().to_owned(),
        DecisionProblem::Agency(code) => w.clock_problem_agency(code),
        DecisionProblem::Procedure(code) => w.clock_problem_procedure(code),
        DecisionProblem::Field(name) => w.clock_problem_field(name),
    }
}
