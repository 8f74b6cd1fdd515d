//! `/ke-toan/hoan-tien`: refunds that wait, and those that are done.

use super::{KEEPERS, MONEY, choose, chosen, words};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use motcua_model::dossier::REFUND_LIMIT;
use motcua_model::id::DossierId;
use motcua_office::money::refund::PAGE;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "co-quan")]
    agency: String,
    xong: String,
    sau: String,
}

struct Line {
    dossier: DossierId,
    code: String,
    number: u32,
    when: String,
    amount: String,
    how: &'static str,
    why: &'static str,
    state: &'static str,
    kind: String,
}

#[derive(Template)]
#[template(path = "money/refunds.html")]
struct RefundsPage {
    page: Page,
    agency: String,
    code: String,
    limit: String,
    done: bool,
    lines: Vec<Line>,
    next: String,
}

fn place(text: &str) -> Option<(i64, DossierId, u32)> {
    let mut parts = text.split('.');
    Some((
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    ))
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let page = Page::new(&signed.visitor, MONEY);
    let w = page.w;
    let Some(agency) = chosen(&signed, &asked.agency) else {
        return choose(&app, &signed, w.money_refunds(), "/ke-toan/hoan-tien").await;
    };
    let done = asked.xong == "1";
    let rows = app.office.refunds(&signed.actor, &agency, !done, place(&asked.sau)).await?;
    let next = rows
        .last()
        .filter(|_| rows.len() >= PAGE as usize)
        .map_or_else(String::new, |r| {
            let at = r.proposed_at.as_microsecond();
            let xong = if done { "1" } else { "" };
            format!(
                "/ke-toan/hoan-tien?co-quan={agency}&xong={xong}&sau={at}.{}.{}",
                r.dossier, r.number
            )
        });
    let view = RefundsPage {
        agency: agency_name(&app, &agency, w.0),
        code: agency.0,
        limit: view::money(w, REFUND_LIMIT),
        done,
        lines: rows
            .into_iter()
            .map(|r| Line {
                dossier: r.dossier,
                code: r.code,
                number: r.number,
                when: view::short(r.proposed_at),
                amount: view::money(w, r.amount),
                how: words::method(w, &r.method),
                why: words::reason(w, &r.reason),
                state: words::state(w, &r.state),
                kind: r.state,
            })
            .collect(),
        next,
        page,
    };
    Ok(Html(view.render()?).into_response())
}
