//! `/ke-toan/bao-cao`: the report to the treasury, by agency, kind and budget account; also as CSV.

use super::overview::{Asked, month, typed};
use super::{KEEPERS, MONEY, chosen, words};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::id::AgencyCode;
use motcua_model::ledger::Account;
use motcua_office::money::book::{AccountTotal, Sums};
use std::collections::BTreeMap;

struct Line {
    agency: String,
    earned: Vec<(String, String)>,
    sums: [String; 5],
}

#[derive(Template)]
#[template(path = "money/report.html")]
struct ReportPage {
    page: Page,
    code: String,
    from: String,
    to: String,
    lines: Vec<Line>,
    all: [String; 5],
    csv: String,
}

struct Report {
    from: i64,
    to: i64,
    totals: Vec<AccountTotal>,
}

async fn read(app: &AppState, signed: &Signed, asked: &Asked) -> Result<Report, WebError> {
    let agency = chosen(signed, &asked.agency);
    let (first, now) = app.office.this_year();
    let to = month(&asked.den).unwrap_or(now);
    let from = month(&asked.tu).unwrap_or(first).min(to);
    let totals = app.office.ledger_totals(&signed.actor, agency.as_ref(), from, to).await?;
    Ok(Report { from, to, totals })
}

fn by_agency(totals: &[AccountTotal]) -> BTreeMap<&str, Vec<&AccountTotal>> {
    let mut agencies: BTreeMap<&str, Vec<&AccountTotal>> = BTreeMap::new();
    for t in totals {
        agencies.entry(&t.agency).or_default().push(t);
    }
    agencies
}

/// What was earned in the time, less what was taken back, by kind and budget account.
fn earned<'a>(totals: &'a [&'a AccountTotal]) -> impl Iterator<Item = (motcua_model::dossier::FeeKind, String, i64)> + 'a {
    totals.iter().filter_map(|t| match Account::parse(&t.account)? {
        Account::Income(kind, budget) => Some((kind, budget, t.credit - t.debit)),
        _ => None,
    })
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(KEEPERS)?;
    let page = Page::new(&signed.visitor, MONEY);
    let w = page.w;
    let report = read(&app, &signed, &asked).await?;
    let figures = |s: &Sums| [s.due, s.held, s.settled, s.owed, s.refunded].map(|n| words::signed(w, n));
    let lines = by_agency(&report.totals)
        .into_iter()
        .map(|(code, totals)| Line {
            agency: agency_name(&app, &AgencyCode::from(code), w.0),
            earned: earned(&totals)
                .map(|(kind, budget, vnd)| {
                    let name = format!("{}, {}", words::kind(w, kind), words::budget(w, &budget));
                    (name, words::signed(w, vnd))
                })
                .collect(),
            sums: figures(&Sums::of(totals.iter().copied())),
        })
        .collect();
    let (from, to) = (typed(report.from), typed(report.to));
    let view = ReportPage {
        code: asked.agency.trim().to_owned(),
        csv: format!(
            "/ke-toan/bao-cao.csv?tu={from}&den={to}&co-quan={}",
            crate::view::encode(asked.agency.trim())
        ),
        all: figures(&Sums::of(report.totals.iter())),
        from,
        to,
        lines,
        page,
    };
    Ok(Html(view.render()?))
}

/// Every account of every agency: what an accountant's spreadsheet adds up again.
pub async fn csv(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let w = signed.visitor.words();
    let report = read(&app, &signed, &asked).await?;
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    // With the mark that spreadsheets need to read Vietnamese.
    let mut csv = String::from("\u{feff}tu_thang,den_thang,ma_co_quan,co_quan,tai_khoan,ten_tai_khoan,no,co,so_du\r\n");
    for t in &report.totals {
        csv.push_str(&format!(
            "{},{},{},{},{},{},{},{},{}\r\n",
            typed(report.from),
            typed(report.to),
            t.agency,
            quoted(&agency_name(&app, &AgencyCode::from(t.agency.as_str()), w.0)),
            quoted(&t.account),
            quoted(&words::account(&app, w, &t.account)),
            t.debit,
            t.credit,
            t.debit - t.credit
        ));
    }
    let name = format!("attachment; filename=\"bao-cao-kho-bac-{}-{}.csv\"", report.from, report.to);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, csv).into_response())
}
