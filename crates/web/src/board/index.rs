//! `/bang/chi-so`: indices after Decision 766/QĐ-TTg, each with its part and its whole; trips, time and money that people
//! were spared, by a method that is stated with its assumptions.

use super::adoption::{month, percent, shown, typed};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use motcua_model::actor::Role;
use motcua_office::index::{Kind, Ratio};
use motcua_words::Words;
use serde::Deserialize;

/// What is asked for, with the assumptions of the reader.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    tu: String,
    den: String,
    km: String,
    gia: String,
    gio: String,
    cong: String,
}

/// Assumptions where the reader gives none: kilometres there and back, VND a kilometre, hours a trip, VND an hour.
const ASSUMED: [u64; 4] = [20, 1_000, 3, 20_000];
/// The largest number that is taken as an assumption.
const ASSUMED_MAX: u64 = 1_000_000;

struct RatioView {
    name: &'static str,
    definition: &'static str,
    share: String,
    parts: String,
    percent: i64,
}

/// One index of an agency.
struct Cell {
    share: String,
    part: i64,
    whole: i64,
    /// The list of dossiers behind it, its part in front; empty for who may not open them.
    behind: String,
}

struct AgencyLine {
    agency: String,
    code: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "board/index.html")]
struct IndexPage {
    page: Page,
    from: String,
    to: String,
    span: String,
    all: Vec<RatioView>,
    agencies: Vec<AgencyLine>,
    trips: i64,
    assumed: [u64; 4],
    hours: u64,
    money: String,
}

pub(super) fn name(w: Words, kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::OnTime => (w.index_on_time(), w.index_def_on_time()),
        Kind::Online => (w.index_online(), w.index_def_online()),
        Kind::PaidOnline => (w.index_paid(), w.index_def_paid()),
        Kind::ResultOnline => (w.index_result(), w.index_def_result()),
        Kind::Digitised => (w.index_digitised(), w.index_def_digitised()),
        Kind::FirstTry => (w.index_first_try(), w.index_def_first_try()),
        Kind::Content => (w.index_content(), w.index_def_content()),
    }
}

fn ratio(w: Words, (name, definition): (&'static str, &'static str), r: Ratio) -> RatioView {
    RatioView {
        name,
        definition,
        share: percent(w, r.share()),
        parts: format!("{} / {}", r.part, r.whole),
        percent: r.share().unwrap_or(0) / 10,
    }
}

/// The address of the list behind an index, without which part of it.
fn behind(agency: &str, kind: Kind, (from, to): &(String, String)) -> String {
    let mut address = form_urlencoded::Serializer::new(String::new());
    for (key, value) in [("co-quan", agency), ("chi-so", kind.as_str()), ("tu", from), ("den", to)] {
        address.append_pair(key, value);
    }
    address.finish()
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let seen = app.office.indices(&signed.actor, month(&asked.tu), month(&asked.den)).await?;
    let number = |typed: &str, assumed: u64| typed.trim().parse().ok().filter(|n| *n <= ASSUMED_MAX).unwrap_or(assumed);
    let assumed = [
        number(&asked.km, ASSUMED[0]),
        number(&asked.gia, ASSUMED[1]),
        number(&asked.gio, ASSUMED[2]),
        number(&asked.cong, ASSUMED[3]),
    ];
    let trips = seen.trips.unsigned_abs();
    let hours = trips.saturating_mul(assumed[2]);
    let saved = trips.saturating_mul(assumed[0]).saturating_mul(assumed[1]);
    let saved = saved.saturating_add(hours.saturating_mul(assumed[3]));
    let mut all: Vec<_> = Kind::ALL
        .into_iter()
        .zip(seen.all)
        .map(|(k, r)| ratio(w, name(w, k), r))
        .collect();
    all.push(ratio(w, (w.index_open(), w.index_def_open()), seen.open));
    let span = (typed(seen.from), typed(seen.to));
    let view = IndexPage {
        from: span.0.clone(),
        to: span.1.clone(),
        span: w.adoption_span(shown(seen.from), shown(seen.to)),
        all,
        agencies: seen
            .agencies
            .iter()
            .map(|(agency, ratios)| {
                let opens = signed.actor.role == Role::Leader && signed.actor.agency.as_ref() == Some(agency);
                let cell = |(kind, r): (Kind, &Ratio)| Cell {
                    share: percent(w, r.share()),
                    part: r.part,
                    whole: r.whole,
                    behind: if opens && r.whole > 0 && kind.measures().is_some() {
                        behind(&agency.0, kind, &span)
                    } else {
                        String::new()
                    },
                };
                AgencyLine {
                    agency: agency_name(&app, agency, w.0),
                    code: agency.0.clone(),
                    cells: Kind::ALL.into_iter().zip(ratios).map(cell).collect(),
                }
            })
            .collect(),
        trips: seen.trips,
        assumed,
        hours,
        money: view::money(w, saved),
        page,
    };
    Ok(Html(view.render()?))
}
