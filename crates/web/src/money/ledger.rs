//! `/ke-toan/so`: where money moved, the latest first.

use super::{KEEPERS, MONEY, choose, chosen, words};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use motcua_office::money::book::PAGE;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "co-quan")]
    agency: String,
    /// Where the page before ended: time, source in hex, version.
    sau: String,
}

struct Line {
    when: String,
    what: &'static str,
    how: &'static str,
    reference: String,
    amount: String,
    dossier: Option<String>,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "money/ledger.html")]
struct LedgerPage {
    page: Page,
    agency: String,
    lines: Vec<Line>,
    next: String,
}

fn place(text: &str) -> Option<(i64, Vec<u8>, i64)> {
    let mut parts = text.split('.');
    let at = parts.next()?.parse().ok()?;
    let source = hex(parts.next()?)?;
    Some((at, source, parts.next()?.parse().ok()?))
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|p| u8::from_str_radix(std::str::from_utf8(p).ok()?, 16).ok())
        .collect()
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let page = Page::new(&signed.visitor, MONEY);
    let w = page.w;
    let Some(agency) = chosen(&signed, &asked.agency) else {
        return choose(&app, &signed, w.money_ledger(), "/ke-toan/so").await;
    };
    let rows = app.office.ledger_moves(&signed.actor, &agency, place(&asked.sau)).await?;
    let next = rows
        .last()
        .filter(|_| rows.len() >= PAGE as usize)
        .map_or_else(String::new, |r| {
            let source: String = r.source.iter().map(|b| format!("{b:02x}")).collect();
            format!("/ke-toan/so?co-quan={agency}&sau={}.{source}.{}", r.at, r.version)
        });
    let line = |posting: &str| {
        let (name, amount) = posting.rsplit_once(' ').unwrap_or((posting, "0"));
        let amount: i64 = amount.parse().unwrap_or(0);
        let side = if amount < 0 { w.money_credit() } else { w.money_debit() };
        format!(
            "{side} {}: {}",
            words::account(&app, w, name),
            view::money(w, amount.unsigned_abs())
        )
    };
    let lines = rows
        .iter()
        .map(|r| Line {
            when: r.when().map(view::short).unwrap_or_default(),
            what: words::event(w, &r.kind),
            how: words::method(w, &r.method),
            reference: r.reference.clone(),
            amount: words::signed(w, r.moved),
            dossier: r.dossier().map(|d| d.to_string()),
            lines: r.lines.split(';').map(line).collect(),
        })
        .collect();
    let view = LedgerPage {
        agency: agency_name(&app, &agency, w.0),
        lines,
        next,
        page,
    };
    Ok(Html(view.render()?).into_response())
}
