//! `/bang/chien-dich/CODE`: one measure: its leaflets as PDF, the text for loudspeakers, the post, what it brought.

use super::campaign::{Line, line, whose};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::facts::Facts;
use crate::outreach::{self, Told};
use crate::portal::print::headers;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use motcua_model::actor::Role;
use motcua_office::campaign::{Followed, Size};
use motcua_words::Words;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "board/campaign.html")]
struct CampaignPage {
    page: Page,
    l: Line,
    by: String,
    url: String,
    loudspeaker: String,
    post: String,
}

/// The facts of a measure's service, and by whom they are told.
fn told<'a>(app: &'a AppState, w: Words, f: &Followed) -> Result<(Facts, Told<'a>), WebError> {
    let catalogue = app.office.catalogue();
    let settings = app.office.settings();
    let service = catalogue.service(&f.campaign.procedure).ok_or(WebError::NotFound)?;
    let facts = Facts::of(catalogue, service, w, &settings.public_url, app.office.today());
    let told = Told {
        from: whose(app, w, &f.campaign),
        url: format!("{}/di/{}", settings.public_url, f.code),
        hotline: &settings.hotline,
        date: app.office.leaflet_date(),
    };
    Ok((facts, told))
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(code): Path<String>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let f = app.office.campaign(&signed.actor, &code).await?;
    let (facts, told) = told(&app, w, &f)?;
    let view = CampaignPage {
        l: line(&app, w, &f),
        loudspeaker: outreach::loudspeaker(w, &facts, &told),
        post: outreach::post(w, &facts, &told),
        url: told.url,
        by: f.by,
        page,
    };
    Ok(Html(view.render()?))
}

/// Which sheet of paper.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    kho: String,
}

pub async fn leaflet(
    State(app): State<AppState>,
    signed: Signed,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let size = match asked.kho.as_str() {
        "a4" => Size::A4,
        "" | "a5" => Size::A5,
        _ => return Err(WebError::NotFound),
    };
    let w = signed.visitor.words();
    let f = app.office.campaign(&signed.actor, &code).await?;
    let (facts, told) = told(&app, w, &f)?;
    let pdf = app.office.leaflet_pdf(outreach::leaflet(w, &facts, &told, size)).await?;
    Ok((headers("application/pdf", &format!("to-roi-{}.pdf", f.code)), pdf).into_response())
}
