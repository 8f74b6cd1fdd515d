//! `/`: find a service, see where a request stands.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Visitor;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use motcua_catalogue::{LifeEvent, Service};
use motcua_words::Lang;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home {
    page: Page,
    events: Vec<LifeEvent>,
    whole: Vec<Arc<Service>>,
    count: usize,
    lang: Lang,
}

pub async fn show(State(app): State<AppState>, visitor: Visitor) -> Result<Html<String>, WebError> {
    let services = app.office.catalogue().services();
    let whole = services.iter().filter(|s| s.whole).cloned().collect();
    let page = Page::new(&visitor, "portal");
    Ok(Html(
        Home {
            events: app.office.catalogue().life_events().to_vec(),
            lang: page.w.0,
            page,
            whole,
            count: services.len(),
        }
        .render()?,
    ))
}
