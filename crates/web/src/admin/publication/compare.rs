//! `/quan-tri/danh-muc/ID/khac-nhau`: what a change changes, field by field in words, and line by line. For a file that
//! somebody else changed meanwhile, theirs beside it.

use super::ADMINISTRATORS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use motcua_catalogue::difference::{self, Difference, Line};
use motcua_model::id::PublicationId;
use motcua_model::publication::PublicationState;
use motcua_words::Words;
use serde::Deserialize;

/// One field.
struct Field {
    place: String,
    before: Option<String>,
    after: Option<String>,
}

/// One file.
struct File {
    path: String,
    name: String,
    fields: Vec<Field>,
    lines: Vec<Line>,
    moved: String,
    theirs: Vec<Field>,
}

#[derive(Template)]
#[template(path = "admin/publication/compare.html")]
struct ComparePage {
    page: Page,
    id: PublicationId,
    reason: String,
    files: Vec<File>,
}

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tep: String,
}

/// Most lines of one file: who wants all exports both.
const LINES: usize = 600;

/// A place in words, as far as its parts have some: `Bước nguoi-mat › Ô gioi_tinh › Câu hỏi`.
fn place(w: Words, parts: &[String]) -> String {
    let said: Vec<String> = parts
        .iter()
        .map(|part| {
            let key = format!("edit-key-{}", part.replace('_', "-"));
            w.by_key(&key).map_or_else(|| part.clone(), str::to_owned)
        })
        .collect();
    said.join(" › ")
}

fn fields(w: Words, list: Vec<Difference>) -> Vec<Field> {
    list.into_iter()
        .map(|d| Field {
            place: place(w, &d.place),
            before: d.before,
            after: d.after,
        })
        .collect()
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
    let p = open.publication();
    let moved = match p.state {
        PublicationState::Draft | PublicationState::Waiting => app.office.moved(&open, None).await?,
        _ => Vec::new(),
    };
    let files = open
        .files
        .iter()
        .filter(|f| asked.tep.is_empty() || f.path == asked.tep)
        .map(|f| {
            let (base, body) = (f.base.as_deref(), f.body.as_deref());
            let mut lines = difference::lines(base.unwrap_or(""), body.unwrap_or(""));
            lines.truncate(LINES);
            let other = moved.iter().find(|m| m.path == f.path);
            File {
                name: super::pick::name_of(&app, w, &f.path),
                fields: fields(w, difference::fields(&f.path, base, body)),
                lines,
                moved: other.map_or_else(String::new, |m| super::show::moved_by(w, m)),
                theirs: other.map_or_else(Vec::new, |m| fields(w, difference::fields(&f.path, base, m.now.as_deref()))),
                path: f.path.clone(),
            }
        })
        .collect();
    let view = ComparePage {
        id,
        reason: p.reason.clone(),
        files,
        page,
    };
    Ok(Html(view.render()?))
}
