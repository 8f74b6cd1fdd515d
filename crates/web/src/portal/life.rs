//! `/viec/ID`: something that happens in a life, and the services that it needs, in their order; `/viec/ID/phieu`: what they
//! ask alike, answered once.

use super::field::{Control, Drawing};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::facts;
use crate::session::{Signed, Visitor};
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_catalogue::{LifeEvent, Service};
use motcua_model::form::{Form as Fields, Prefilled, Problem, Raw};
use motcua_model::id::ProcedureCode;
use motcua_office::life::Progress;
use motcua_words::{Lang, Words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One service on the way.
struct Step {
    service: Arc<Service>,
    note: String,
    term: String,
    agency: String,
    /// Where she stands with it, in words; empty before it is begun.
    state: &'static str,
    /// Class of the state.
    kind: String,
    /// Where her draft or dossier is; empty before it is begun.
    link: String,
    /// Whether nothing new is taken today.
    closed: bool,
}

#[derive(Template)]
#[template(path = "portal/life.html")]
struct Life {
    page: Page,
    event: LifeEvent,
    steps: Vec<Step>,
    /// How many services the sheet fills in; none where they ask nothing alike.
    shared: usize,
    lang: Lang,
}

fn event_of(app: &AppState, id: &str) -> Result<LifeEvent, WebError> {
    let events = app.office.catalogue().life_events();
    Ok(events.iter().find(|e| e.id == id).ok_or(WebError::NotFound)?.clone())
}

/// How many of its services are filed here.
fn filed_here(app: &AppState, event: &LifeEvent) -> usize {
    let catalogue = app.office.catalogue();
    event
        .steps
        .iter()
        .filter(|s| catalogue.procedure(&s.service).is_some())
        .count()
}

pub async fn show(State(app): State<AppState>, visitor: Visitor, Path(id): Path<String>) -> Result<Html<String>, WebError> {
    let catalogue = app.office.catalogue();
    let event = event_of(&app, &id)?;
    let page = Page::new(&visitor, "portal");
    let w = page.w;
    let mut progress = match &visitor.account {
        Some(account) => app.office.life_progress(&account.actor(), &event).await?,
        None => BTreeMap::new(),
    };
    let today = app.office.today();
    let steps = event.steps.iter().filter_map(|step| {
        let service = catalogue.service(&step.service)?.clone();
        let (state, kind, link) = match progress.remove(&step.service) {
            None => ("", String::new(), String::new()),
            Some(Progress::Draft(id)) => (w.life_draft(), "draft".to_owned(), draft_link(&app, &step.service, id)),
            Some(Progress::Filed(id, status)) => (view::status(w, &status), status, format!("/ho-so/{id}")),
        };
        Some(Step {
            term: facts::term(w, &service.sheet),
            agency: catalogue.organisation().settles(&service.sheet),
            note: step.note.get(w.0).to_owned(),
            closed: service.sheet.closed_on(today).is_some(),
            service,
            state,
            kind,
            link,
        })
    });
    let view = Life {
        steps: steps.collect(),
        shared: catalogue.shared_form(&event).map_or(0, |_| filed_here(&app, &event)),
        lang: w.0,
        event: event.clone(),
        page,
    };
    Ok(Html(view.render()?))
}

fn draft_link(app: &AppState, code: &ProcedureCode, id: motcua_model::id::DossierId) -> String {
    super::draft::first_step(app, code, id)
}

/// Fields that belong together.
struct Part {
    title: String,
    controls: Vec<Control>,
}

#[derive(Template)]
#[template(path = "portal/life_sheet.html")]
struct SheetPage {
    page: Page,
    event: LifeEvent,
    lang: Lang,
    count: usize,
    saved: bool,
    parts: Vec<Part>,
    problems: Vec<(String, String)>,
}

fn render(
    app: &AppState,
    visitor: &Visitor,
    event: LifeEvent,
    form: &Fields,
    filled: &Prefilled,
    saved: bool,
    problems: &[Problem],
) -> Result<String, WebError> {
    let page = Page::new(visitor, "portal");
    let w = page.w;
    let part = |step: &motcua_model::form::Step| {
        let drawing = Drawing {
            w,
            answers: &filled.answers,
            typed: &filled.typed,
            problems,
            registers: app.office.catalogue().registers(),
            more: None,
            step: &step.fields,
            taken: &filled.taken,
        };
        Part {
            title: about(w, &step.id),
            controls: step.fields.iter().map(|f| drawing.control(f)).collect(),
        }
    };
    let label = |field: &str| {
        let field = form.field(field.split('.').next().unwrap_or(field));
        field.map_or_else(String::new, |f| f.label.get(w.0).to_owned())
    };
    let view = SheetPage {
        lang: w.0,
        count: filed_here(app, &event),
        saved,
        parts: form.steps.iter().map(part).collect(),
        problems: problems
            .iter()
            .map(|p| {
                (
                    format!("#{}", p.field),
                    format!("{}: {}", label(&p.field), view::problem(w, p)),
                )
            })
            .collect(),
        event,
        page,
    };
    Ok(view.render()?)
}

/// Whose or what a group of questions is about.
fn about(w: Words, whose: &str) -> String {
    let key = format!("life-about-{}", whose.replace('_', "-"));
    w.by_key(&key).unwrap_or_else(|| w.life_about_more()).to_owned()
}

pub async fn sheet(State(app): State<AppState>, signed: Signed, Path(id): Path<String>) -> Result<Response, WebError> {
    let event = event_of(&app, &id)?;
    let Some(sheet) = app.office.life_sheet(&signed.actor, &id).await? else {
        return Ok(Redirect::to(&format!("/viec/{}", event.id)).into_response());
    };
    let html = render(&app, &signed.visitor, event, &sheet.form, &sheet.filled, sheet.saved, &[])?;
    Ok(Html(html).into_response())
}

pub async fn save(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let raw = Raw::from_pairs(pairs);
    if visitor.unknown {
        return Err(WebError::Unavailable);
    }
    let event = event_of(&app, &id)?;
    let address = format!("/viec/{}", event.id);
    let Some(account) = visitor.account.clone() else {
        return super::account::sign_in_keeping(&visitor, &format!("{address}/phieu"), &raw);
    };
    let actor = account.actor();
    if raw.0.contains_key("xoa.") {
        app.office.forget_life_sheet(&actor, &id).await?;
        return Ok(Redirect::to(&address).into_response());
    }
    let saved = app.office.save_life_sheet(&actor, &id, &raw).await?;
    if saved.problems.is_empty() {
        return Ok(Redirect::to(&address).into_response());
    }
    let Some(sheet) = app.office.life_sheet(&actor, &id).await? else {
        return Ok(Redirect::to(&address).into_response());
    };
    let mut filled = sheet.filled;
    filled.typed.extend(raw.typed());
    let html = render(&app, &visitor, event, &sheet.form, &filled, true, &saved.problems)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}
