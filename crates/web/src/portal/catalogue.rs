//! `/thu-tuc`: the services; `/thu-tuc/CODE`: one sheet that answers first.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::process::{ProcessView, picture};
use crate::session::Visitor;
use crate::view;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use motcua_catalogue::Service;
use motcua_model::dossier::Level;
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::{Origin, Procedure};
use motcua_words::Lang;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "portal/services.html")]
struct Services {
    page: Page,
    q: String,
    found: Vec<Arc<Service>>,
    nearest: Vec<Arc<Service>>,
    fields: Vec<(String, Vec<Arc<Service>>)>,
    lang: Lang,
}

pub async fn list(State(app): State<AppState>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let catalogue = app.office.catalogue();
    let q: String = asked.q.chars().filter(|c| !c.is_control()).take(200).collect();
    let (mut found, mut fields) = (Vec::new(), Vec::<(String, Vec<Arc<Service>>)>::new());
    if q.trim().is_empty() {
        for service in catalogue.services() {
            match fields.last_mut() {
                Some((field, list)) if *field == service.sheet.field => list.push(service.clone()),
                _ => fields.push((service.sheet.field.clone(), vec![service.clone()])),
            }
        }
    } else {
        found = catalogue
            .search(&q)
            .iter()
            .take(15)
            .filter_map(|hit| catalogue.service(&hit.code).cloned())
            .collect();
    }
    let mut nearest = Vec::new();
    if found.is_empty() && !q.trim().is_empty() {
        app.office.note_missed(&q);
        nearest = catalogue
            .nearest(&q)
            .iter()
            .take(5)
            .filter_map(|hit| catalogue.service(&hit.code).cloned())
            .collect();
    }
    let page = Page::new(&visitor, "portal");
    Ok(Html(
        Services {
            nearest,
            lang: page.w.0,
            page,
            q,
            found,
            fields,
        }
        .render()?,
    ))
}

#[derive(Template)]
#[template(path = "portal/service.html")]
struct Sheet {
    page: Page,
    service: Arc<Service>,
    procedure: Option<Arc<Procedure>>,
    term: String,
    fees: Vec<(String, String)>,
    ways: Vec<&'static str>,
    level: u8,
    sourced: bool,
    facts: String,
    lang: Lang,
    process: Option<ProcessView>,
}

impl Sheet {
    fn level_four(&self) -> bool {
        self.service.sheet.level == Level::Four
    }
}

pub async fn sheet(State(app): State<AppState>, visitor: Visitor, Path(code): Path<String>) -> Result<Html<String>, WebError> {
    let catalogue = app.office.catalogue();
    let code = ProcedureCode(code);
    let service = catalogue.service(&code).ok_or(WebError::NotFound)?.clone();
    let page = Page::new(&visitor, "portal");
    let (w, sheet) = (page.w, &service.sheet);
    let fees = sheet
        .fee
        .lines
        .iter()
        .map(|l| (l.label.get(w.0).to_owned(), view::money(w, l.amount)))
        .collect();
    let view = Sheet {
        lang: w.0,
        term: view::term(w, sheet.term),
        fees,
        ways: sheet.ways.iter().map(|way| view::way(w, *way)).collect(),
        level: sheet.level.into(),
        sourced: sheet.source.origin == Origin::Sourced,
        process: catalogue.procedure(&code).map(|p| picture(w, &p, None)),
        procedure: catalogue.procedure(&code),
        facts: linked_data(&service, &app.office.settings().public_url, w.0),
        page,
        service,
    };
    Ok(Html(view.render()?))
}

/// The sheet as search engines read it (schema.org `GovernmentService`); a block of data, which the browser never runs.
fn linked_data(service: &Service, base: &str, lang: Lang) -> String {
    let sheet = &service.sheet;
    let facts = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": sheet.name.get(lang),
        "identifier": sheet.code.as_str(),
        "serviceType": sheet.field,
        "url": format!("{base}/thu-tuc/{}", sheet.code),
        "areaServed": "Thái Nguyên, Việt Nam",
        "serviceOutput": sheet.result.get(lang),
        "provider": { "@type": "GovernmentOrganization", "name": sheet.agency_text },
        "availableLanguage": ["vi", "en"],
    });
    // What closes the element must not stand in it.
    facts.to_string().replace('<', "\\u003c")
}
