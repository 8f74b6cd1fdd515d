//! `/quan-tri/danh-muc`: the content in force and every change of it.

mod act;
mod close;
mod compare;
mod edit;
mod pick;
mod preview;
mod raw;
mod show;
mod zip;

use super::ADMINISTRATORS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use motcua_catalogue::{FILE_MAX, Mistake};
use motcua_model::id::PublicationId;
use motcua_model::publication::Publication;
use motcua_office::error::OfficeError;
use serde::Deserialize;

/// Largest ZIP that is taken.
const ZIP_MAX: usize = 16 * 1024 * 1024;

pub(crate) fn router() -> Router<AppState> {
    let large = Router::new()
        .route("/quan-tri/danh-muc/nhap", post(zip::import))
        .layer(DefaultBodyLimit::max(ZIP_MAX));
    // A text is three times as long in a form, at the worst.
    let texts = Router::new()
        .route("/quan-tri/danh-muc/{id}/tep", get(raw::show).post(raw::save))
        .layer(DefaultBodyLimit::max(FILE_MAX * 3 + 4096));
    Router::new()
        .route("/quan-tri/danh-muc", get(list).post(begin))
        .route("/quan-tri/danh-muc/dung-nhan", get(close::show).post(close::send))
        .route("/quan-tri/danh-muc/xuat.zip", get(zip::export))
        .route("/quan-tri/danh-muc/{id}", get(show::show))
        .route("/quan-tri/danh-muc/{id}/gui", post(act::send))
        .route("/quan-tri/danh-muc/{id}/lay-lai", post(act::recall))
        .route("/quan-tri/danh-muc/{id}/duyet", post(act::approve))
        .route("/quan-tri/danh-muc/{id}/tra-lai", post(act::send_back))
        .route("/quan-tri/danh-muc/{id}/rut", post(act::withdraw))
        .route("/quan-tri/danh-muc/{id}/bo-tep", post(act::drop_file))
        .route("/quan-tri/danh-muc/{id}/giu-tep", post(act::keep_file))
        .route("/quan-tri/danh-muc/{id}/chon", get(pick::show))
        .route("/quan-tri/danh-muc/{id}/sua", get(edit::show).post(edit::save))
        .route("/quan-tri/danh-muc/{id}/khac-nhau", get(compare::show))
        .route("/quan-tri/danh-muc/{id}/xem/{code}", get(preview::show).post(preview::fill))
        .merge(large)
        .merge(texts)
}

/// One publication in a list.
struct Entry {
    id: PublicationId,
    reason: String,
    author: String,
    state: &'static str,
    class: &'static str,
    from: String,
    began: String,
}

impl Entry {
    fn of(w: motcua_words::Words, p: &Publication) -> Self {
        Self {
            id: p.id,
            reason: p.reason.clone(),
            author: p.author_name.clone(),
            state: view::publication_state(w, p.state),
            class: p.state.as_str(),
            from: p.from.map_or_else(String::new, view::date),
            began: view::short(p.began_at),
        }
    }
}

/// What is wrong with the content, as it is shown: in words, and where to mend it.
struct Wrong {
    file: String,
    line: usize,
    text: String,
    remedy: String,
}

impl Wrong {
    fn of(m: &Mistake) -> Self {
        Self {
            file: m.file.clone(),
            line: m.line,
            text: if m.field.is_empty() {
                m.what.clone()
            } else {
                format!("{}: {}", m.field, m.what)
            },
            remedy: m.remedy.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/publication/list.html")]
struct ListPage {
    page: Page,
    entries: Vec<Entry>,
    more: Option<PublicationId>,
    services: usize,
    whole: usize,
    unusable: Vec<(PublicationId, Vec<Wrong>)>,
    problem: String,
    wrong: Vec<Wrong>,
    reason: String,
}

#[derive(Deserialize, Default)]
pub struct Asked {
    truoc: Option<PublicationId>,
}

async fn render(app: &AppState, signed: &Signed, before: Option<PublicationId>, typed: Typed) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let list = app.office.publications(&signed.actor, before).await?;
    let unusable = app.office.unusable_publications();
    let services = app.office.catalogue().services();
    let view = ListPage {
        // A short page is the last one.
        more: (list.len() >= 30).then(|| list.last().map(|p| p.publication.id)).flatten(),
        entries: list.iter().map(|p| Entry::of(page.w, &p.publication)).collect(),
        services: services.len(),
        whole: services.iter().filter(|s| s.whole).count(),
        unusable: unusable
            .iter()
            .map(|u| (u.id, u.mistakes.iter().take(5).map(Wrong::of).collect()))
            .collect(),
        problem: typed.problem,
        wrong: typed.wrong,
        reason: typed.reason,
        page,
    };
    Ok(view.render()?)
}

async fn list(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    Ok(Html(render(&app, &signed, asked.truoc, Typed::default()).await?))
}

/// What was typed and what is wrong with it.
#[derive(Default)]
struct Typed {
    reason: String,
    problem: String,
    wrong: Vec<Wrong>,
}

#[derive(Deserialize)]
struct Begin {
    #[serde(default)]
    reason: String,
}

async fn begin(State(app): State<AppState>, signed: Signed, Form(f): Form<Begin>) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let begun = app.office.begin_publication(&signed.actor, &f.reason).await;
    begun_or_told(&app, &signed, f.reason, begun).await
}

/// On to a publication that was begun, or the list again with what is wrong and what was typed.
async fn begun_or_told(
    app: &AppState,
    signed: &Signed,
    reason: String,
    begun: Result<PublicationId, OfficeError>,
) -> Result<Response, WebError> {
    match begun {
        Ok(id) => Ok(Redirect::to(&format!("/quan-tri/danh-muc/{id}")).into_response()),
        Err(e @ OfficeError::Publication(_)) => {
            let problem = view::office_error(signed.visitor.words(), &e);
            let typed = Typed {
                reason,
                problem,
                wrong: Vec::new(),
            };
            Ok((WebError::from(e).status(), Html(render(app, signed, None, typed).await?)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

/// The list again with mistakes of something that was sent.
async fn told(
    app: &AppState,
    signed: &Signed,
    reason: String,
    problem: String,
    mistakes: &[Mistake],
) -> Result<Response, WebError> {
    let typed = Typed {
        reason,
        problem,
        wrong: mistakes.iter().take(50).map(Wrong::of).collect(),
    };
    let html = render(app, signed, None, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}
