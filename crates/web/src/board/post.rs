//! `/bang/buu-dien`: the post offices of the province: volume, waiting, differences, and those that filed nothing.

use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use motcua_model::actor::Role;
use motcua_office::post_view::OfficeView;

struct Line {
    name: String,
    v: OfficeView,
    short: String,
    over: String,
}

#[derive(Template)]
#[template(path = "board/post.html")]
struct PostPage {
    page: Page,
    lines: Vec<Line>,
    unused: Vec<String>,
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor])?;
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let all = app.office.post_offices(&signed.actor).await?;
    let (unused, used): (Vec<_>, Vec<_>) = all.into_iter().partition(OfficeView::is_unused);
    let amount = |vnd: u64| if vnd == 0 { String::new() } else { view::money(w, vnd) };
    let view = PostPage {
        lines: used
            .into_iter()
            .map(|v| Line {
                name: agency_name(&app, &v.office, w.0),
                short: amount(v.short),
                over: amount(v.over),
                v,
            })
            .collect(),
        unused: unused.iter().map(|v| agency_name(&app, &v.office, w.0)).collect(),
        page,
    };
    Ok(Html(view.render()?))
}
