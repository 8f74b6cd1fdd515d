//! `/viec/ID`: something that happens in a life, and the services that it needs, in their order.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Visitor;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use motcua_catalogue::{LifeEvent, Service};
use motcua_words::Lang;
use std::sync::Arc;

/// One service on the way.
struct Step {
    service: Arc<Service>,
    note: String,
    term: String,
    agency: String,
}

#[derive(Template)]
#[template(path = "portal/life.html")]
struct Life {
    page: Page,
    event: LifeEvent,
    steps: Vec<Step>,
    lang: Lang,
}

pub async fn show(State(app): State<AppState>, visitor: Visitor, Path(id): Path<String>) -> Result<Html<String>, WebError> {
    let catalogue = app.office.catalogue();
    let event = catalogue
        .life_events()
        .iter()
        .find(|e| e.id == id)
        .ok_or(WebError::NotFound)?;
    let page = Page::new(&visitor, "portal");
    let steps = event.steps.iter().filter_map(|step| {
        let service = catalogue.service(&step.service)?.clone();
        Some(Step {
            term: view::term(page.w, service.sheet.term),
            agency: catalogue.organisation().settles(&service.sheet),
            note: step.note.get(page.w.0).to_owned(),
            service,
        })
    });
    let view = Life {
        steps: steps.collect(),
        lang: page.w.0,
        event: event.clone(),
        page,
    };
    Ok(Html(view.render()?))
}
