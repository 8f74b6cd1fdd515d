//! `/kiem-tra/CODE`: where the QR of every paper leads: whether the code is ours, and nothing of the person.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Visitor;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

#[derive(Template)]
#[template(path = "portal/check.html")]
struct Check {
    page: Page,
    code: String,
    agency: String,
    service: String,
    day: String,
    status: &'static str,
}

pub async fn show(State(app): State<AppState>, visitor: Visitor, Path(code): Path<String>) -> Result<Html<String>, WebError> {
    let d = app.office.check_code(&code).await?;
    let page = Page::new(&visitor, "portal");
    let (w, catalogue) = (page.w, app.office.catalogue());
    let view = Check {
        agency: catalogue
            .agency(&d.agency)
            .map_or_else(String::new, |a| a.name.get(w.0).to_owned()),
        service: catalogue
            .service(&d.procedure)
            .map_or_else(String::new, |s| s.sheet.name.get(w.0).to_owned()),
        day: view::day(w, d.filed_at),
        status: view::status(w, d.status.as_str()),
        code: d.code.0,
        page,
    };
    Ok(Html(view.render()?))
}
