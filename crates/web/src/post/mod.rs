//! The post office: files for people who stand there, and sees what it filed.

use crate::AppState;
use crate::app::Page;
use crate::desk::file_for;
use crate::error::WebError;
use crate::portal::dossier::{Standing, standing};
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect, Response};
use axum::routing::{get, post};
use motcua_model::actor::Role;
use motcua_model::dossier::Dossier;
use motcua_model::id::DossierId;
use motcua_office::track::PAGE;
use serde::Deserialize;

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/buu-dien", get(list))
        .route("/buu-dien/nop-ho", get(counter).post(begin))
        .route("/buu-dien/ho-so/{id}", get(show))
        .route("/buu-dien/ho-so/{id}/thu-tien", post(cash))
}

#[derive(Deserialize, Default)]
pub struct Asked {
    truoc: Option<DossierId>,
}

#[derive(Template)]
#[template(path = "post/list.html")]
struct List {
    page: Page,
    office: String,
    lines: Vec<(DossierId, String, String, &'static str, String)>,
    next: Option<DossierId>,
}

async fn list(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::PostClerk])?;
    let page = Page::new(&signed.visitor, "post");
    let lines = app.office.filed_here(&signed.actor, asked.truoc).await?;
    let next = lines.last().filter(|_| lines.len() == PAGE as usize).map(|l| l.id);
    let agency = signed.actor.agency.as_ref().and_then(|a| app.office.catalogue().agency(a));
    let view = List {
        office: agency.map_or_else(String::new, |a| a.name.get(page.w.0).to_owned()),
        lines: lines
            .into_iter()
            .map(|l| {
                (
                    l.id,
                    l.code.0,
                    masked(&l.applicant),
                    view::status(page.w, &l.status),
                    view::short(l.filed_at),
                )
            })
            .collect(),
        next,
        page,
    };
    Ok(Html(view.render()?))
}

/// Names are shortened after filing: `Nông Thị Hoa` is `N. T. Hoa`.
fn masked(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let Some((last, first)) = words.split_last() else {
        return String::new();
    };
    let initials: String = first
        .iter()
        .filter_map(|w| w.chars().next())
        .map(|c| format!("{c}. "))
        .collect();
    format!("{initials}{last}")
}

async fn counter(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::PostClerk])?;
    file_for(&app, &signed, "post", "/buu-dien/nop-ho", Default::default()).await
}

async fn begin(
    State(app): State<AppState>,
    signed: Signed,
    Form(typed): Form<crate::desk::CounterTyped>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::PostClerk])?;
    file_for(&app, &signed, "post", "/buu-dien/nop-ho", typed).await
}

#[derive(Template)]
#[template(path = "post/dossier.html")]
struct DossierPage {
    page: Page,
    d: Dossier,
    standing: Standing,
    applicant: String,
    fee_due: String,
    receipt: bool,
}

async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::PostClerk])?;
    let d = app.office.my_dossier(&signed.actor, id).await?;
    let page = Page::new(&signed.visitor, "post");
    let view = DossierPage {
        standing: standing(&app, page.w, &d, false),
        applicant: masked(&d.applicant.name),
        fee_due: if d.fee_due() == 0 {
            String::new()
        } else {
            view::money(page.w, d.fee_due())
        },
        receipt: !d.payments.is_empty(),
        page,
        d,
    };
    Ok(Html(view.render()?))
}

#[derive(Deserialize)]
pub struct Seen {
    seen: u64,
}

async fn cash(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(f): Form<Seen>,
) -> Result<Redirect, WebError> {
    let signed = signed.only(&[Role::PostClerk])?;
    app.office.take_cash(&signed.actor, id, f.seen).await?;
    Ok(Redirect::to(&format!("/buu-dien/ho-so/{id}")))
}
