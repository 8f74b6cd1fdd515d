//! `/quan-tri/tim-khong-thay`: what people searched for and did not find.

use super::ADMINISTRATORS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{Html, Redirect};
use motcua_office::missed::Missed;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "admin/missed.html")]
struct MissedPage {
    page: Page,
    missed: Vec<Missed>,
}

impl MissedPage {
    /// `2020-03-30` as people write it.
    fn day(&self, day: &str) -> String {
        day.parse().map_or_else(|_| day.to_owned(), crate::view::date)
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let view = MissedPage {
        page: Page::new(&signed.visitor, "admin"),
        missed: app.office.missed(&signed.actor).await?,
    };
    Ok(Html(view.render()?))
}

#[derive(Deserialize)]
pub struct Forget {
    #[serde(default)]
    words: String,
}

pub async fn forget(State(app): State<AppState>, signed: Signed, Form(f): Form<Forget>) -> Result<Redirect, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    app.office.forget_missed(&signed.actor, &f.words).await?;
    Ok(Redirect::to("/quan-tri/tim-khong-thay"))
}
