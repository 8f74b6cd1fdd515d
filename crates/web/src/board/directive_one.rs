//! `/bang/chi-dao/ID`: one directive: who has read, who has answered, how far each agency is; the answer; the letter.

use super::directive::{ChargedLine, Line, charged_line, day, line};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::portal::print::headers;
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Date;
use motcua_model::actor::Role;
use motcua_model::directive::{Plan, PlanProblem};
use motcua_model::id::{AgencyCode, DirectiveId};
use motcua_words::Words;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "board/directive.html")]
struct DirectivePage {
    page: Page,
    line: Line,
    by: String,
    agencies: Vec<ChargedLine>,
    may_answer: bool,
    typed: Typed,
    problems: Vec<(&'static str, &'static str)>,
}

impl DirectivePage {
    fn problem(&self, field: &str) -> Option<&'static str> {
        self.problems.iter().find(|(f, _)| *f == field).map(|(_, text)| *text)
    }
}

/// A plan as it is typed.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    measures: String,
    person: String,
    by: String,
}

fn problem(w: Words, problem: PlanProblem) -> (&'static str, &'static str) {
    match problem {
        PlanProblem::Measures => ("measures", w.directive_wrong_measures()),
        PlanProblem::Person => ("person", w.directive_wrong_person()),
        PlanProblem::By => ("by", w.directive_wrong_by()),
    }
}

async fn render(
    app: &AppState,
    signed: &Signed,
    id: DirectiveId,
    typed: Option<Typed>,
    problems: Vec<PlanProblem>,
) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let may_answer = signed.actor.role == Role::Leader;
    let followed = app.office.directive(&signed.actor, id).await?;
    let goal = followed.issued.directive.goal;
    let known = followed
        .agencies
        .first()
        .filter(|_| may_answer)
        .and_then(|c| c.answer.plan.clone());
    let typed = typed.or_else(|| {
        known.map(|(.., plan)| Typed {
            measures: plan.measures,
            person: plan.person,
            by: plan.by.to_string(),
        })
    });
    let view = DirectivePage {
        line: line(app, w, may_answer, &followed),
        by: format!("{} · {}", crate::view::short(followed.issued.at), followed.issued.by),
        agencies: followed.agencies.iter().map(|c| charged_line(app, w, goal, c)).collect(),
        may_answer,
        typed: typed.unwrap_or_default(),
        problems: problems.into_iter().map(|p| problem(w, p)).collect(),
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DirectiveId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    Ok(Html(render(&app, &signed, id, None, Vec::new()).await?))
}

pub async fn answer(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DirectiveId>,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Leader])?;
    let plan = Plan {
        measures: typed.measures.trim().to_owned(),
        person: typed.person.trim().to_owned(),
        by: day(&typed.by).unwrap_or(Date::MIN),
    };
    let problems = app.office.answer_directive(&signed.actor, id, &plan).await?;
    if problems.is_empty() {
        return Ok(Redirect::to(&format!("/bang/chi-dao/{id}")).into_response());
    }
    let html = render(&app, &signed, id, Some(typed), problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

/// Whose letter.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Whose {
    #[serde(rename = "co-quan")]
    agency: String,
}

pub async fn letter(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DirectiveId>,
    Query(whose): Query<Whose>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let agency = match &signed.actor.agency {
        Some(own) if whose.agency.is_empty() => own.clone(),
        _ => AgencyCode(whose.agency),
    };
    let pdf = app.office.directive_letter(&signed.actor, id, &agency).await?;
    Ok((headers("application/pdf", &format!("thu-{agency}.pdf")), pdf).into_response())
}
