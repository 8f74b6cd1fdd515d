//! `/ban/da-yeu-cau`: for the head, how often each officer asked for supplements.

use super::DESK;
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use motcua_model::actor::Role;
use motcua_office::asking::Asking;

#[derive(Template)]
#[template(path = "desk/asking.html")]
struct AskingPage {
    page: Page,
    agency: String,
    lines: Vec<Asking>,
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Leader])?;
    let page = Page::new(&signed.visitor, DESK);
    let view = AskingPage {
        agency: signed
            .actor
            .agency
            .as_ref()
            .map_or_else(String::new, |a| agency_name(&app, a, page.w.0)),
        lines: app.office.asking(&signed.actor).await?,
        page,
    };
    Ok(Html(view.render()?))
}
