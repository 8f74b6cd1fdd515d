//! `/ke-toan/buu-dien`: the invoice proposal of the post for a month, one line for each parcel; also as CSV.

use super::overview::{month, typed};
use super::{KEEPERS, MONEY};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::parcel::state;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::post::Payer;
use motcua_office::post::{ParcelLine, month_of};
use serde::Deserialize;
use std::fmt::Write as _;

/// Most lines shown; the file has all.
const SHOWN: usize = 200;

/// What is asked for in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    thang: String,
}

struct Sum {
    agency: String,
    parcels: u64,
    price: String,
    collected: String,
    differs: u64,
}

struct Line {
    code: String,
    tracking: String,
    agency: String,
    state: &'static str,
    price: String,
    collected: String,
}

#[derive(Template)]
#[template(path = "money/settlement.html")]
struct SettlementPage {
    page: Page,
    month: String,
    sums: Vec<Sum>,
    parcels: u64,
    price: String,
    collected: String,
    payer: &'static str,
    estimate: bool,
    lines: Vec<Line>,
    more: bool,
}

fn asked_month(app: &AppState, asked: &Asked) -> i64 {
    month(&asked.thang).unwrap_or_else(|| month_of(app.office.now()))
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(KEEPERS)?;
    let page = Page::new(&signed.visitor, MONEY);
    let (w, lang) = (page.w, page.w.0);
    let month = asked_month(&app, &asked);
    let invoice = app.office.post_invoice(&signed.actor, month).await?;
    let found = app.office.post_invoice_lines(&signed.actor, month, None).await?;
    let (parcels, price, collected) = invoice.total();
    let view = SettlementPage {
        month: typed(month),
        parcels,
        price: view::money(w, price),
        collected: view::money(w, collected),
        payer: match invoice.payer {
            Some(Payer::Person) => w.parcel_payer_person(),
            _ => w.parcel_payer_province(),
        },
        estimate: invoice.estimate,
        more: found.len() > SHOWN,
        lines: found
            .into_iter()
            .take(SHOWN)
            .map(|l| Line {
                state: state(w, &l.state),
                agency: agency_name(&app, &l.agency, lang),
                price: view::money(w, l.price),
                collected: view::money(w, l.collected),
                tracking: l.tracking,
                code: l.code,
            })
            .collect(),
        sums: invoice
            .sums
            .into_iter()
            .map(|s| Sum {
                agency: agency_name(&app, &s.agency, lang),
                parcels: s.parcels,
                price: view::money(w, s.price),
                collected: view::money(w, s.collected),
                differs: s.differs,
            })
            .collect(),
        page,
    };
    Ok(Html(view.render()?))
}

/// Every parcel of the month: what the post's own invoice is laid beside.
pub async fn csv(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let month = asked_month(&app, &asked);
    // With the mark that spreadsheets need to read Vietnamese.
    let mut csv = String::from("\u{feff}thang,ma_co_quan,ma_ho_so,so_buu_gui,tham_chieu,loai,tinh_trang,cuoc,thu_ho,chua_ro\r\n");
    let mut last: Option<ParcelLine> = None;
    loop {
        let page = app.office.post_invoice_lines(&signed.actor, month, last.as_ref()).await?;
        for l in &page {
            // Writing into a text does not fail.
            let _ = write!(
                csv,
                "{},{},{},{},{},{},{},{},{},{}\r\n",
                typed(month),
                l.agency,
                l.code,
                l.tracking,
                l.reference,
                l.kind,
                l.state,
                l.price,
                l.collected,
                l.differs
            );
        }
        match page.into_iter().next_back() {
            Some(end) => last = Some(end),
            None => break,
        }
    }
    let name = format!("attachment; filename=\"buu-dien-{month}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, csv).into_response())
}
