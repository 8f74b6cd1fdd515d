//! `/tai-khoan/nho-nop`: what the person agreed to at post offices, by the phone that she proved; taking it back.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::post::consent::{Said, say};
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use motcua_model::actor::Role;
use motcua_model::id::DossierId;
use serde::Deserialize;

struct Line {
    id: DossierId,
    number: String,
    said: Said,
}

#[derive(Template)]
#[template(path = "portal/consents.html")]
struct ConsentsPage {
    page: Page,
    lines: Vec<Line>,
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    let page = Page::new(&signed.visitor, "portal");
    let line = |a: motcua_model::consent::Assisted| Line {
        id: a.id,
        said: say(&app, page.w, &a),
        number: a.number,
    };
    let lines = app.office.my_consents(&signed.actor).await?.into_iter().map(line).collect();
    Ok(Html(ConsentsPage { lines, page }.render()?))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Reason {
    reason: String,
}

pub async fn revoke(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(f): Form<Reason>,
) -> Result<Redirect, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    app.office.revoke_consent(&signed.actor, id, &f.reason).await?;
    Ok(Redirect::to("/tai-khoan/nho-nop"))
}
