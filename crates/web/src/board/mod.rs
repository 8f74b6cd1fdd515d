//! The board: how many requests wait where. Figures come from counts kept with every change, never from counting.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use motcua_model::actor::Role;
use motcua_model::id::AgencyCode;
use std::collections::BTreeMap;

pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/bang", get(show))
}

struct Row {
    agency: String,
    open: i64,
    done: i64,
    ended: i64,
    /// Width of the bar in a drawing of 300.
    open_width: i64,
    done_width: i64,
    y: i64,
}

#[derive(Template)]
#[template(path = "board.html")]
struct Board {
    page: Page,
    statuses: Vec<(&'static str, i64)>,
    rows: Vec<Row>,
    total: i64,
    height: i64,
}

async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let tally = app.office.agencies_tally(&signed.actor).await?;
    let mut agencies: BTreeMap<&str, (i64, i64, i64)> = BTreeMap::new();
    let mut by_status: BTreeMap<&str, i64> = BTreeMap::new();
    for t in &tally {
        let sums = agencies.entry(&t.agency).or_default();
        match t.status.as_str() {
            "returned" => sums.1 += t.n,
            "refused" | "withdrawn" | "stopped" => sums.2 += t.n,
            _ => sums.0 += t.n,
        }
        *by_status.entry(&t.status).or_default() += t.n;
    }
    let most = agencies.values().map(|(a, b, _)| a + b).max().unwrap_or(1).max(1);
    let mut sorted: Vec<_> = agencies.into_iter().collect();
    sorted.sort_by_key(|(code, (open, ..))| (-open, *code));
    let rows: Vec<Row> = sorted
        .into_iter()
        .zip(0..)
        .map(|((code, (open, done, ended)), i)| Row {
            agency: app
                .office
                .catalogue()
                .agency(&AgencyCode::from(code))
                .map_or_else(|| code.to_owned(), |a| a.name.get(w.0).to_owned()),
            open,
            done,
            ended,
            open_width: open * 300 / most,
            done_width: done * 300 / most,
            y: i * 28 + 4,
        })
        .collect();
    let view = Board {
        statuses: by_status.into_iter().map(|(s, n)| (view::status(w, s), n)).collect(),
        total: tally.iter().map(|t| t.n).sum(),
        height: i64::try_from(rows.len()).unwrap_or(0) * 28 + 8,
        rows,
        page,
    };
    Ok(Html(view.render()?))
}
