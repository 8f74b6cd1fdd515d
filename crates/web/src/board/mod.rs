//! The board: how many requests wait where, and what is late. Figures come from counts kept with every change, never
//! from counting all dossiers.

mod adoption;
mod bar;
mod behind;
mod campaign;
mod campaign_one;
mod chart;
mod directive;
mod directive_one;
mod funnel;
mod index;
mod open;
mod open_data;
mod post;
mod report;
mod satisfaction;
mod today;
mod years;

use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::{get, post};
use bar::Bar;
use motcua_model::actor::Role;
use motcua_model::id::AgencyCode;
use motcua_words::Lang;
use std::collections::BTreeMap;

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/bang", get(show))
        .route("/bang/truc-tuyen", get(adoption::show))
        .route("/bang/truc-tuyen/chua-dung.csv", get(adoption::unused_csv))
        .route("/bang/hom-nay", get(today::show))
        .route("/bang/chi-dao", get(directive::show).post(directive::issue))
        .route("/bang/chi-dao/{id}", get(directive_one::show))
        .route("/bang/chi-dao/{id}/tra-loi", post(directive_one::answer))
        .route("/bang/chi-dao/{id}/thu.pdf", get(directive_one::letter))
        .route("/bang/bao-cao", get(report::show).post(report::send))
        .route("/bang/bao-cao/tep", get(report::file))
        .route("/bang/hai-long", get(satisfaction::show))
        .route("/bang/chi-so", get(index::show))
        .route("/bang/chien-dich", get(campaign::show).post(campaign::begin))
        .route("/bang/chien-dich/{code}", get(campaign_one::show))
        .route("/bang/chien-dich/{code}/to-roi.pdf", get(campaign_one::leaflet))
        .route("/bang/pheu", get(funnel::show))
        .route("/bang/ho-so-sau-so", get(behind::show))
        .route("/bang/buu-dien", get(post::show))
        .route("/bang/cac-nam", get(years::show).post(years::bring_in))
        .route("/bang/cac-nam/mau.csv", get(years::template))
        .route("/so-lieu", get(open::show))
        .route("/du-lieu/ho-so-theo-thang.json", get(open_data::by_month_json))
        .route("/du-lieu/ho-so-theo-thu-tuc.csv", get(open_data::by_service))
        .route("/du-lieu/ho-so-theo-thu-tuc.json", get(open_data::by_service_json))
        .route("/du-lieu/hai-long-theo-co-quan.csv", get(open_data::satisfaction))
        .route("/du-lieu/ho-so-theo-thang.csv", get(open_data::by_month))
}

/// The numbers of one agency, or of all.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// Being settled: somebody of the agency has to act.
    at_work: i64,
    /// Of these, past the deadline.
    late: i64,
    /// Waiting on the person.
    waiting: i64,
    /// Returned.
    done: i64,
    /// Refused, withdrawn or stopped.
    ended: i64,
}

impl Sums {
    fn on_time(&self) -> i64 {
        (self.at_work - self.late).max(0)
    }

    fn total(&self) -> i64 {
        self.at_work + self.waiting + self.done + self.ended
    }

    /// Late ones in percent of those being settled, to one decimal.
    fn late_share(&self, lang: Lang) -> String {
        if self.at_work == 0 {
            return if lang == Lang::Vi { "0,0" } else { "0.0" }.to_owned();
        }
        let tenths = (self.late * 1000 + self.at_work / 2) / self.at_work;
        let point = if lang == Lang::Vi { ',' } else { '.' };
        format!("{}{point}{}", tenths / 10, tenths % 10)
    }
}

struct Row {
    agency: String,
    sums: Sums,
    bar: Bar,
}

#[derive(Template)]
#[template(path = "board/board.html")]
struct Board {
    page: Page,
    statuses: Vec<(&'static str, i64, &'static str)>,
    rows: Vec<Row>,
    sums: Sums,
    share: String,
}

/// States in the order of a dossier's life.
const STATUSES: [&str; 9] = [
    "filed",
    "accepted",
    "in_process",
    "awaiting_supplement",
    "approved",
    "returned",
    "refused",
    "withdrawn",
    "stopped",
];

async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let tally = app.office.agencies_tally(&signed.actor).await?;
    let mut agencies: BTreeMap<&str, Sums> = BTreeMap::new();
    let mut by_status: BTreeMap<&str, i64> = BTreeMap::new();
    for t in &tally {
        let sums = agencies.entry(&t.agency).or_default();
        match t.status.as_str() {
            "returned" => sums.done += t.n,
            "refused" | "withdrawn" | "stopped" => sums.ended += t.n,
            // It should never have been there.
            "annulled" => {}
            "awaiting_supplement" => sums.waiting += t.n,
            _ => sums.at_work += t.n,
        }
        *by_status.entry(&t.status).or_default() += t.n;
    }
    let late = app.office.agencies_late(&signed.actor).await?;
    for l in &late {
        if let Some(sums) = agencies.get_mut(l.agency.as_str()) {
            sums.late += l.n;
        }
    }
    let most = agencies.values().map(Sums::total).max().unwrap_or(0);
    let mut sums = Sums::default();
    for s in agencies.values() {
        sums.at_work += s.at_work;
        sums.late += s.late;
        sums.waiting += s.waiting;
        sums.done += s.done;
        sums.ended += s.ended;
    }
    let mut sorted: Vec<_> = agencies.into_iter().collect();
    // What needs a look comes first.
    sorted.sort_by_key(|(code, s)| (-s.late, -s.at_work, *code));
    let view = Board {
        statuses: STATUSES
            .iter()
            .map(|s| (view::status(w, s), by_status.get(s).copied().unwrap_or(0), *s))
            .collect(),
        rows: sorted
            .into_iter()
            .map(|(code, sums)| Row {
                agency: agency_name(&app, &AgencyCode::from(code), w.0),
                bar: Bar::new([sums.on_time(), sums.late, sums.waiting, sums.done], most),
                sums,
            })
            .collect(),
        share: sums.late_share(w.0),
        sums,
        page,
    };
    Ok(Html(view.render()?))
}
