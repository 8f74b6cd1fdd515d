//! `/ke-toan`: what is due, held, settled and owed; the trial balance.

use super::{KEEPERS, MONEY, chosen, words};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use motcua_model::id::AgencyCode;
use motcua_office::money::book::Sums;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    pub tu: String,
    pub den: String,
    #[serde(rename = "co-quan")]
    pub agency: String,
}

/// `2020-03` of the browser's month field as `YYYYMM`.
pub fn month(typed: &str) -> Option<i64> {
    let (year, month) = typed.trim().split_once('-')?;
    let (year, month): (i64, i64) = (year.parse().ok()?, month.parse().ok()?);
    ((2000..=2200).contains(&year) && (1..=12).contains(&month)).then_some(year * 100 + month)
}

/// `YYYYMM` for the browser's month field.
pub fn typed(month: i64) -> String {
    format!("{:04}-{:02}", month / 100, month % 100)
}

struct Line {
    name: String,
    debit: String,
    credit: String,
    balance: String,
}

struct AgencyLine {
    code: String,
    name: String,
    figures: [String; 4],
}

#[derive(Template)]
#[template(path = "money/overview.html")]
struct Overview {
    page: Page,
    agency: String,
    code: String,
    from: String,
    to: String,
    figures: Vec<(String, &'static str)>,
    lines: Vec<Line>,
    debit: String,
    credit: String,
    balanced: bool,
    agencies: Vec<AgencyLine>,
    waiting: Vec<(String, String)>,
    provincial: bool,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(KEEPERS)?;
    let page = Page::new(&signed.visitor, MONEY);
    let w = page.w;
    let agency = chosen(&signed, &asked.agency);
    let (first, now) = app.office.this_year();
    let to = month(&asked.den).unwrap_or(now);
    let from = month(&asked.tu).unwrap_or(first).min(to);
    let totals = app.office.ledger_totals(&signed.actor, agency.as_ref(), from, to).await?;
    let sums = Sums::of(totals.iter());
    let mut accounts: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    let mut by_agency: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for t in &totals {
        let a = accounts.entry(&t.account).or_default();
        *a = (a.0 + t.debit, a.1 + t.credit);
        by_agency.entry(&t.agency).or_default().push(t);
    }
    let (debit, credit) = accounts.values().fold((0, 0), |s, a| (s.0 + a.0, s.1 + a.1));
    let figures = |s: &Sums| [s.due, s.held, s.settled, s.owed].map(|n| words::signed(w, n));
    let waiting = app.office.refunds_waiting(&signed.actor).await?;
    let view = Overview {
        agency: agency
            .as_ref()
            .map_or_else(|| w.money_all_agencies().to_owned(), |a| agency_name(&app, a, w.0)),
        code: asked.agency.trim().to_owned(),
        from: typed(from),
        to: typed(to),
        figures: figures(&sums)
            .into_iter()
            .zip([w.money_due(), w.money_held(), w.money_settled(), w.money_owed()])
            .collect(),
        lines: accounts
            .iter()
            .map(|(name, (d, c))| Line {
                name: words::account(&app, w, name),
                debit: words::signed(w, *d),
                credit: words::signed(w, *c),
                balance: words::signed(w, d - c),
            })
            .collect(),
        debit: words::signed(w, debit),
        credit: words::signed(w, credit),
        balanced: debit == credit,
        agencies: if agency.is_none() {
            by_agency
                .iter()
                .map(|(code, totals)| AgencyLine {
                    name: agency_name(&app, &AgencyCode::from(*code), w.0),
                    code: (*code).to_owned(),
                    figures: figures(&Sums::of(totals.iter().copied())),
                })
                .collect()
        } else {
            Vec::new()
        },
        waiting: waiting
            .iter()
            .map(|x| {
                let said = w.money_refund_waiting_count(view::money(w, x.amount.unsigned_abs()), x.n);
                let name = agency_name(&app, &AgencyCode::from(x.agency.as_str()), w.0);
                (x.agency.clone(), format!("{name}: {said}"))
            })
            .collect(),
        provincial: signed.actor.agency.is_none(),
        page,
    };
    Ok(Html(view.render()?))
}
