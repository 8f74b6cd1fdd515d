//! `/quan-tri/danh-muc/ID/sua?tep=PATH&muc=ENTRY`: a part of the content as a form. What it asks is a table
//! (`motcua_catalogue::edit::shape`); it writes the same file that the raw editor shows.

mod control;

use super::{ADMINISTRATORS, Wrong};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use control::{Control, label};
use motcua_catalogue::edit::{self, Change, Draw, Place, Typed};
use motcua_catalogue::{Files, Mistake};
use motcua_model::dossier::Refusal;
use motcua_model::id::PublicationId;
use motcua_office::error::OfficeError;
use motcua_words::Words;
use serde::Deserialize;

/// Most entries of a list on a page; who looks for another one types a part of it.
const SHOWN: usize = 80;
/// Most mistakes on top of the page: mending the first often mends the rest.
const WRONG_MAX: usize = 30;

/// One entry of a list.
struct Entry {
    index: usize,
    at: String,
    title: String,
    wrong: usize,
}

/// A list with its entries.
struct List {
    name: &'static str,
    label: String,
    entries: Vec<Entry>,
    all: usize,
    more: bool,
}

/// A mistake of this file and the entry where it is mended.
struct Elsewhere {
    wrong: Wrong,
    at: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "admin/publication/edit.html")]
struct EditPage {
    page: Page,
    id: PublicationId,
    path: String,
    at: String,
    q: String,
    name: String,
    title: String,
    /// The entries above this one: where, and what each is known by.
    above: Vec<(String, String)>,
    saved: u64,
    editable: bool,
    controls: Vec<Control>,
    lists: Vec<List>,
    known: edit::Known,
    wrong: Vec<Elsewhere>,
    elsewhere: usize,
    preview: String,
    problem: String,
}

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tep: String,
    #[serde(default)]
    muc: String,
    /// Part of an entry that is looked for.
    #[serde(default)]
    q: String,
}

impl Asked {
    /// The page of a file.
    fn link(&self, id: PublicationId, at: &str) -> String {
        format!(
            "/quan-tri/danh-muc/{id}/sua?tep={}&muc={}",
            view::encode(&self.tep),
            view::encode(at)
        )
    }
}

fn lists(w: Words, asked: &Asked, node: &edit::Node, here: &[(&Mistake, Place)]) -> Vec<List> {
    let within = |at: &str| {
        let below = format!("{at}/");
        let is_there = |p: &Place| p.at == at || p.at.starts_with(&below);
        here.iter().filter(|(_, place)| is_there(place)).count()
    };
    let looked_for = motcua_model::text::fold(asked.q.trim());
    let of = |list: &edit::Entries| {
        let found = |title: &str| looked_for.is_empty() || motcua_model::text::fold(title).contains(&looked_for);
        let above = if asked.muc.is_empty() {
            String::new()
        } else {
            format!("{}/", asked.muc)
        };
        let mut entries = list.entries.iter().enumerate().filter(|(_, title)| found(title));
        let shown = entries.by_ref().take(SHOWN).map(|(index, title)| {
            let at = format!("{above}{}:{index}", list.name);
            Entry {
                wrong: within(&at),
                title: if title.is_empty() {
                    (index + 1).to_string()
                } else {
                    title.clone()
                },
                index,
                at,
            }
        });
        List {
            name: list.name,
            label: label(w, list.name),
            entries: shown.collect(),
            all: list.entries.len(),
            more: entries.next().is_some(),
        }
    };
    node.lists.iter().map(of).collect()
}

/// The entries above `at`, the outermost first, the file itself left out.
fn above(path: &str, text: &str, at: &str) -> Vec<(String, String)> {
    let ends = at.match_indices('/').map(|(i, _)| &at[..i]);
    ends.filter_map(|at| Some((at.to_owned(), edit::read(path, text, at)?.title)))
        .collect()
}

async fn render(
    app: &AppState,
    signed: &Signed,
    id: PublicationId,
    asked: &Asked,
    typed: Option<(&Typed, String)>,
) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let w = page.w;
    let open = app.office.publication(&signed.actor, id).await?;
    let content = app.office.content_with(&signed.actor, &open).await?;
    let text = content.get(&asked.tep).ok_or(WebError::NotFound)?;
    let Some(mut node) = edit::read(&asked.tep, text, &asked.muc) else {
        return Ok(otherwise(id, asked, &content)?.into_response());
    };
    let mistakes = super::raw::mistakes(app, &open).await?;
    let (own, others): (Vec<_>, Vec<_>) = mistakes.iter().partition(|m| m.file == asked.tep);
    let mut here: Vec<(&Mistake, Place)> = Vec::new();
    for m in own {
        here.push((m, edit::place(&asked.tep, text, m.line)));
    }
    let mut problem = String::new();
    if let Some((typed, why)) = typed {
        for input in &mut node.inputs {
            match typed.get(&input.name) {
                Some(value) => input.value.clone_from(value),
                None if input.draw == Draw::Tick => input.value.clear(),
                None => {}
            }
        }
        problem = why;
    }
    let controls = control::controls(w, &node, &asked.muc, &here);
    let code = asked.tep.strip_prefix("procedures/").and_then(|rest| rest.split('/').next());
    let is_at_input = |m: &Mistake| controls.iter().any(|c| c.says(m));
    let view = EditPage {
        id,
        path: asked.tep.clone(),
        at: asked.muc.clone(),
        q: asked.q.clone(),
        name: super::pick::name_of(app, w, &asked.tep),
        lists: lists(w, asked, &node, &here),
        known: edit::known(&asked.tep, &content),
        wrong: here
            .iter()
            .filter(|(m, place)| asked.muc.is_empty() || place.at != asked.muc || !is_at_input(m))
            .take(WRONG_MAX)
            .map(|(m, place)| Elsewhere {
                wrong: Wrong::of(m),
                at: place.at.clone(),
                here: place.at == asked.muc,
            })
            .collect(),
        controls,
        above: above(&asked.tep, text, &asked.muc),
        title: node.title,
        saved: open.stored.saved,
        editable: open.is_editable(&signed.actor),
        elsewhere: others.len(),
        preview: code.unwrap_or("").to_owned(),
        problem,
        page,
    };
    Ok(Html(view.render()?).into_response())
}

/// Where to go when there is no such form: to the text where the file is there and cannot be read, to the file where
/// the entry is gone.
fn otherwise(id: PublicationId, asked: &Asked, content: &Files) -> Result<Redirect, WebError> {
    let text = content.get(&asked.tep).ok_or(WebError::NotFound)?;
    if !edit::has_form(&asked.tep) || edit::read(&asked.tep, text, "").is_none() {
        let to = format!("/quan-tri/danh-muc/{id}/tep?tep={}", view::encode(&asked.tep));
        return Ok(Redirect::to(&to));
    }
    Ok(Redirect::to(&asked.link(id, "")))
}

pub async fn show(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Query(mut asked): Query<Asked>,
) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    asked.q = asked.q.chars().filter(|c| !c.is_control()).take(200).collect();
    render(&app, &signed, id, &asked, None).await
}

/// `them:step`, `len:step:2`, `xuong:step:2`, `bo:step:2`: which list, and what happens to it.
fn asked_change(button: &str) -> Option<(&str, Change)> {
    let (verb, rest) = button.split_once(':')?;
    if verb == "them" {
        return Some((rest, Change::Add));
    }
    let (list, index) = rest.rsplit_once(':')?;
    let index = index.parse().ok()?;
    let change = match verb {
        "len" => Change::Up(index),
        "xuong" => Change::Down(index),
        "bo" => Change::Remove(index),
        _ => return None,
    };
    Some((list, change))
}

pub async fn save(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let mut typed: Typed = pairs.into_iter().collect();
    let mut own = |name: &str| typed.remove(name).unwrap_or_default();
    // Names of ours end in a dot, which no key of a file does.
    let asked = Asked {
        tep: own("tep."),
        muc: own("muc."),
        q: String::new(),
    };
    let (seen, button) = (own("seen.").parse().unwrap_or(0), own("lam."));
    let open = app.office.publication(&signed.actor, id).await?;
    let content = app.office.content_with(&signed.actor, &open).await?;
    let text = content.get(&asked.tep).ok_or(WebError::NotFound)?;
    let path = &asked.tep;
    let Some(mut text) = edit::write(path, text, &asked.muc, &typed).filter(|_| edit::has_form(path)) else {
        return Ok(otherwise(id, &asked, &content)?.into_response());
    };
    let mut to = asked.link(id, &asked.muc);
    if let Some((list, what)) = asked_change(&button) {
        text = edit::change(path, &text, &asked.muc, list, what).ok_or(WebError::NotFound)?;
        let node = edit::read(path, &text, &asked.muc);
        let count = node.and_then(|n| Some(n.lists.iter().find(|l| l.name == list)?.entries.len()));
        if let (Change::Add, Some(last)) = (what, count.and_then(|n| n.checked_sub(1))) {
            let above = if asked.muc.is_empty() {
                String::new()
            } else {
                format!("{}/", asked.muc)
            };
            to = asked.link(id, &format!("{above}{list}:{last}"));
        }
    }
    let w = signed.visitor.words();
    let (status, problem) = match app.office.save_file(&signed.actor, id, seen, path, Some(&text)).await {
        Ok(()) => return Ok(Redirect::to(&to).into_response()),
        Err(OfficeError::Refused(Refusal::Overtaken)) => (StatusCode::CONFLICT, w.publication_overtaken().to_owned()),
        Err(e @ OfficeError::Publication(_)) => {
            let problem = view::office_error(w, &e);
            (WebError::from(e).status(), problem)
        }
        Err(e) => return Err(e.into()),
    };
    let page = render(&app, &signed, id, &asked, Some((&typed, problem))).await?;
    Ok((status, page).into_response())
}
