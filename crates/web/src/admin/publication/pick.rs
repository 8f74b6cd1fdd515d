//! `/quan-tri/danh-muc/ID/chon`: which part of the content to change.

use super::ADMINISTRATORS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use motcua_model::id::{ProcedureCode, PublicationId};
use motcua_words::Words;
use serde::Deserialize;

/// Services shown; who looks for another one types its name.
const SHOWN: usize = 30;

/// A file to choose.
struct Choice {
    /// `sua` where there is a form for it, else `tep`.
    way: &'static str,
    path: String,
    name: String,
}

/// A service and its files.
struct Service {
    code: String,
    name: String,
    whole: bool,
    files: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "admin/publication/pick.html")]
struct PickPage {
    page: Page,
    id: PublicationId,
    q: String,
    services: Vec<Service>,
    more: bool,
    common: Vec<Choice>,
}

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// What a file holds, in words.
pub(super) fn name_of(app: &AppState, w: Words, path: &str) -> String {
    let service = |code: &str| {
        let code = ProcedureCode::from(code);
        let named = app
            .office
            .catalogue()
            .service(&code)
            .map(|s| s.sheet.name.get(w.0).to_owned());
        named.unwrap_or_else(|| code.0.clone())
    };
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["procedures", code, file] => format!("{} · {}", service(code), part(w, file)),
        ["steps", file] => w.publication_file_step(file.trim_end_matches(".toml")),
        ["calendars", "days-off.tsv"] => w.publication_file_days_off().to_owned(),
        ["calendars", "office-hours.toml"] => w.publication_file_office_hours().to_owned(),
        ["places", "districts.tsv"] => w.publication_file_districts().to_owned(),
        ["places", "communes.tsv"] => w.publication_file_communes().to_owned(),
        ["agencies.toml"] => w.publication_file_agencies().to_owned(),
        ["sheets.tsv"] => w.publication_file_sheets().to_owned(),
        ["names_en.tsv"] => w.publication_file_names_en().to_owned(),
        ["asked.tsv"] => w.publication_file_asked().to_owned(),
        ["synonyms.tsv"] => w.publication_file_synonyms().to_owned(),
        ["life_events.toml"] => w.publication_file_life_events().to_owned(),
        _ => path.to_owned(),
    }
}

fn part(w: Words, file: &str) -> String {
    match file {
        "sheet.toml" => w.publication_part_sheet(),
        "form.toml" => w.publication_part_form(),
        "process.toml" => w.publication_part_process(),
        "examples.toml" => w.publication_part_examples(),
        "result.typ" => w.publication_part_result(),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// By which page a file is changed.
fn way(path: &str) -> &'static str {
    if motcua_catalogue::edit::has_form(path) {
        "sua"
    } else {
        "tep"
    }
}

pub async fn show(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let page = Page::new(&signed.visitor, "admin");
    let w = page.w;
    let open = app.office.publication(&signed.actor, id).await?;
    let content = app.office.content_with(&signed.actor, &open).await?;
    let catalogue = app.office.catalogue();
    let q: String = asked.q.chars().filter(|c| !c.is_control()).take(200).collect();
    let found: Vec<_> = if q.trim().is_empty() {
        catalogue.services().iter().filter(|s| s.whole).cloned().collect()
    } else {
        let by_code = catalogue.service(&ProcedureCode::from(q.trim())).cloned();
        let hits = catalogue.search(&q);
        by_code
            .into_iter()
            .chain(hits.iter().filter_map(|hit| catalogue.service(&hit.code).cloned()))
            .collect()
    };
    let services = found
        .iter()
        .take(SHOWN)
        .map(|s| {
            let folder = format!("procedures/{}/", s.sheet.code);
            let files = content
                .paths()
                .filter_map(|path| {
                    let file = path.strip_prefix(&folder)?;
                    Some(Choice {
                        way: way(path),
                        name: part(w, file),
                        path: path.to_owned(),
                    })
                })
                .collect();
            Service {
                code: s.sheet.code.0.clone(),
                name: s.sheet.name.get(w.0).to_owned(),
                whole: s.whole,
                files,
            }
        })
        .collect();
    let common = content
        .paths()
        .filter(|path| !path.starts_with("procedures/"))
        .map(|path| Choice {
            way: way(path),
            name: name_of(&app, w, path),
            path: path.to_owned(),
        })
        .collect();
    let view = PickPage {
        id,
        q,
        more: found.len() > SHOWN,
        services,
        common,
        page,
    };
    Ok(Html(view.render()?))
}
