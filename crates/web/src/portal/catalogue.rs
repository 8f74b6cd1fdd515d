//! `/thu-tuc`: the services, found and narrowed; `/thu-tuc/CODE`: one sheet that answers first; `/tim/goi-y`: what a person
//! may mean while she types.

use crate::AppState;
use crate::app::Page;
use crate::device::Seen;
use crate::error::WebError;
use crate::facts::Facts;
use crate::process::{ProcessView, picture};
use crate::session::Visitor;
use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use motcua_catalogue::{Catalogue, Service};
use motcua_model::actor::Role;
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::Procedure;
use motcua_office::funnel::Stage;
use motcua_words::Lang;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Most services of a search's page.
const FOUND: usize = 15;
/// Most suggestions.
const SUGGESTIONS: usize = 6;

/// What is looked for; an unknown value of a filter finds nothing, as any other that nothing meets.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    linh_vuc: String,
    #[serde(default)]
    co_quan: String,
    #[serde(default)]
    muc_do: String,
    #[serde(default)]
    viec: String,
    #[serde(default)]
    nop_duoc: String,
}

impl Asked {
    fn words(&self) -> String {
        self.q.chars().filter(|c| !c.is_control()).take(200).collect()
    }

    fn narrows(&self) -> bool {
        [&self.linh_vuc, &self.co_quan, &self.muc_do, &self.viec, &self.nop_duoc]
            .iter()
            .any(|f| !f.is_empty())
    }

    fn meets(&self, catalogue: &Catalogue, service: &Service) -> bool {
        let sheet = &service.sheet;
        let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        let in_event = |id: &str| {
            let event = catalogue.life_events().iter().find(|e| e.id == id);
            event.is_some_and(|e| e.steps.iter().any(|s| s.service == sheet.code))
        };
        is(&self.linh_vuc, &sheet.field)
            && (self.co_quan.is_empty() || self.co_quan == catalogue.organisation().settles(sheet))
            && is(&self.muc_do, &u8::from(sheet.level).to_string())
            && (self.viec.is_empty() || in_event(&self.viec))
            && (self.nop_duoc.is_empty() || service.whole)
    }
}

/// One choice of a filter: value, label, whether it is chosen.
type Choice = (String, String, bool);

/// One list to choose from: name, label, choices.
struct Filter {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
}

/// A service in a list.
struct Line {
    service: Arc<Service>,
    agency: String,
}

#[derive(Template)]
#[template(path = "portal/services.html")]
struct Services {
    page: Page,
    q: String,
    found: Vec<Line>,
    nearest: Vec<Line>,
    fields: Vec<(String, Vec<Arc<Service>>)>,
    filters: Vec<Filter>,
    only_whole: bool,
    narrows: bool,
    hotline: String,
    lang: Lang,
}

pub async fn list(State(app): State<AppState>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let catalogue = app.office.catalogue();
    let q = asked.words();
    let searches = !q.trim().is_empty();
    let meets = |s: &Arc<Service>| asked.meets(catalogue, s);
    let line = |service: Arc<Service>| Line {
        agency: catalogue.organisation().settles(&service.sheet),
        service,
    };
    let (mut found, mut fields) = (Vec::new(), Vec::<(String, Vec<Arc<Service>>)>::new());
    if searches {
        let hits = catalogue.search(&q);
        let services = hits.iter().filter_map(|hit| catalogue.service(&hit.code).cloned());
        found = services.filter(meets).take(FOUND).map(line).collect();
    } else if asked.narrows() {
        found = catalogue.services().iter().filter(|s| meets(s)).cloned().map(line).collect();
    } else {
        for service in catalogue.services() {
            match fields.last_mut() {
                Some((field, list)) if *field == service.sheet.field => list.push(service.clone()),
                _ => fields.push((service.sheet.field.clone(), vec![service.clone()])),
            }
        }
    }
    let mut nearest = Vec::new();
    // A search that a filter emptied has found something.
    if found.is_empty() && searches && !asked.narrows() {
        app.office.note_missed(&q);
        nearest = catalogue
            .nearest(&q)
            .iter()
            .take(5)
            .filter_map(|hit| catalogue.service(&hit.code).cloned())
            .map(line)
            .collect();
    }
    let page = Page::new(&visitor, "portal");
    Ok(Html(
        Services {
            nearest,
            lang: page.w.0,
            filters: filters(catalogue, &asked, page.w),
            only_whole: !asked.nop_duoc.is_empty(),
            narrows: asked.narrows(),
            hotline: app.office.settings().hotline.clone(),
            page,
            q,
            found,
            fields,
        }
        .render()?,
    ))
}

fn filters(catalogue: &Catalogue, asked: &Asked, w: motcua_words::Words) -> Vec<Filter> {
    let services = || catalogue.services().iter();
    let organisation = catalogue.organisation();
    let plain = |values: BTreeSet<String>, chosen: &str| -> Vec<Choice> {
        values.into_iter().map(|v| (v.clone(), v.clone(), v == chosen)).collect()
    };
    let level = |n: u8| (n.to_string(), w.portal_level(n), asked.muc_do == n.to_string());
    let event = |e: &motcua_catalogue::LifeEvent| (e.id.clone(), e.name.get(w.0).to_owned(), e.id == asked.viec);
    vec![
        Filter {
            name: "linh_vuc",
            label: w.sheet_filter_field(),
            choices: plain(services().map(|s| s.sheet.field.clone()).collect(), &asked.linh_vuc),
        },
        Filter {
            name: "co_quan",
            label: w.sheet_filter_agency(),
            choices: plain(services().map(|s| organisation.settles(&s.sheet)).collect(), &asked.co_quan),
        },
        Filter {
            name: "muc_do",
            label: w.sheet_filter_level(),
            choices: vec![level(3), level(4)],
        },
        Filter {
            name: "viec",
            label: w.sheet_filter_life(),
            choices: catalogue.life_events().iter().map(event).collect(),
        },
    ]
}

/// What a person may mean, as the list would find it.
pub async fn suggest(State(app): State<AppState>, visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    let (catalogue, page) = (app.office.catalogue(), Page::new(&visitor, "portal"));
    let found: Vec<_> = catalogue
        .search(&asked.words())
        .into_iter()
        .take(SUGGESTIONS)
        .filter_map(|hit| {
            let sheet = &catalogue.service(&hit.code)?.sheet;
            Some(serde_json::json!({ "code": hit.code, "name": sheet.name.get(page.w.0), "field": sheet.field }))
        })
        .collect();
    let count = page.w.sheet_found_count(found.len());
    Json(serde_json::json!({ "found": found, "count": count })).into_response()
}

#[derive(Template)]
#[template(path = "portal/service.html")]
struct Sheet {
    page: Page,
    facts: Facts,
    procedure: Option<Arc<Procedure>>,
    linked: String,
    hotline: String,
    lang: Lang,
    process: Option<ProcessView>,
    /// Whether it takes no new requests today.
    closed: bool,
    /// Where the form is begun, with the link that brought the person.
    begin: String,
}

/// The code of the link that brought the person.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct By {
    pub qua: String,
}

pub async fn sheet(
    State(app): State<AppState>,
    visitor: Visitor,
    seen: Seen,
    Path(code): Path<String>,
    Query(by): Query<By>,
) -> Result<Response, WebError> {
    let catalogue = app.office.catalogue();
    let code = ProcedureCode(code);
    if let Some(now) = catalogue.renamed(&code) {
        return Ok(moved(&format!("/thu-tuc/{now}")));
    }
    let service = catalogue.service(&code).ok_or(WebError::NotFound)?;
    // An officer who looks something up is not a person on her way.
    let a_person = service.whole && visitor.account.as_ref().is_none_or(|a| a.role == Role::Citizen);
    if a_person {
        seen.note(&app, Role::Citizen, &code, Stage::Sheet);
    }
    let by = if by.qua.is_empty() {
        String::new()
    } else {
        let counts = a_person && seen.0.is_some();
        app.office.note_sheet_by(&by.qua, &code, counts).await?
    };
    let (page, settings) = (Page::new(&visitor, "portal"), app.office.settings());
    let facts = Facts::of(catalogue, service, page.w, &settings.public_url, app.office.today());
    let view = Sheet {
        begin: if by.is_empty() {
            format!("/thu-tuc/{code}/nop")
        } else {
            format!("/thu-tuc/{code}/nop?qua={by}")
        },
        closed: service.sheet.closed_on(app.office.today()).is_some(),
        lang: page.w.0,
        process: catalogue.procedure(&code).map(|p| picture(&app, page.w, &p, None)),
        procedure: catalogue.procedure(&code),
        linked: facts.linked_data(),
        hotline: settings.hotline.clone(),
        facts,
        page,
    };
    Ok(Html(view.render()?).into_response())
}

/// The old address of a service that got another code goes on working.
pub(super) fn moved(to: &str) -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to.to_owned())]).into_response()
}
