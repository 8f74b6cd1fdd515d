//! `/bang/bao-cao`: the periodic reports of Circular 01/2020, counted now, kept as sent, as PDF and as a workbook.

use super::adoption::agency_choices;
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::portal::print::headers;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::clock::local;
use motcua_model::id::AgencyCode;
use motcua_office::report::{Kept, Period, Report};
use motcua_words::Words;
use serde::Deserialize;
use uuid::Uuid;

/// Who may see reports.
const READERS: &[Role] = &[Role::Monitor, Role::Leader];
/// Years that can be chosen, this one included.
const YEARS: i16 = 5;

/// Which report, as the address says it.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    ky: String,
    #[serde(rename = "co-quan")]
    agency: String,
    /// One that was sent; empty for a count of now.
    gui: String,
    dang: String,
}

struct LineView {
    field: String,
    numbers: Vec<i64>,
}

struct KeptView {
    id: String,
    period: String,
    sent: String,
    /// The period's name in addresses, to compare it.
    key: String,
    /// What differs now; none where it was not compared.
    corrections: Option<Vec<String>>,
}

#[derive(Template)]
#[template(path = "board/report.html")]
struct ReportPage {
    page: Page,
    periods: Vec<(String, String, bool)>,
    agencies: Vec<(String, String, bool)>,
    agency: String,
    name: String,
    key: String,
    period: String,
    heads: [&'static str; 11],
    lines: Vec<LineView>,
    sum: LineView,
    kept: Vec<KeptView>,
}

fn period_name(w: Words, period: Period) -> String {
    let (from, to) = period.days();
    let days = (from.strftime("%-d/%-m/%Y").to_string(), to.strftime("%-d/%-m/%Y").to_string());
    match period {
        Period::Quarter { year, quarter } => w.report_quarter(days.0, quarter, days.1, year),
        Period::HalfYear { year } => w.report_half(days.0, days.1, year),
        Period::Year { year } => w.report_year(days.0, days.1, year),
    }
}

fn heads(w: Words) -> [&'static str; 11] {
    [
        w.report_received(),
        w.report_online(),
        w.report_other(),
        w.report_carried(),
        w.report_settled(),
        w.report_early(),
        w.report_on_time(),
        w.report_late(),
        w.report_running(),
        w.report_in_time(),
        w.report_running_late(),
    ]
}

fn periods(w: Words, this_year: i16, chosen: Period) -> Vec<(String, String, bool)> {
    let mut list = Vec::new();
    for year in (this_year - YEARS + 1..=this_year).rev() {
        let quarters = (1..=4).rev().map(|quarter| Period::Quarter { year, quarter });
        for period in [Period::Year { year }, Period::HalfYear { year }].into_iter().chain(quarters) {
            list.push((period.key(), period_name(w, period), period == chosen));
        }
    }
    list
}

fn kept(w: Words, k: Kept) -> KeptView {
    let heads = heads(w);
    KeptView {
        id: k.sent.id.to_string(),
        period: period_name(w, k.sent.report.period),
        sent: format!("{} · {}", view::short(k.sent.at), k.sent.by),
        key: k.sent.report.period.key(),
        corrections: k.corrections.map(|list| {
            list.into_iter()
                .map(|(field, column, sent, now)| w.report_corrected(heads[column], field, now, sent))
                .collect()
        }),
    }
}

fn agency_of(asked: &Asked) -> Option<AgencyCode> {
    Some(AgencyCode(asked.agency.clone())).filter(|a| !a.0.is_empty())
}

fn period_of(app: &AppState, asked: &Asked) -> Result<Period, WebError> {
    if asked.ky.is_empty() {
        return Ok(Period::last_quarter(local(app.office.now()).date()));
    }
    Period::parse(&asked.ky).ok_or(WebError::NotFound)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(READERS)?;
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let (period, agency) = (period_of(&app, &asked)?, agency_of(&asked));
    let report = app.office.report(&signed.actor, agency.as_ref(), period).await?;
    let kept_list = app.office.reports(&signed.actor, agency.as_ref(), &report).await?;
    let cut = super::adoption::Asked::of_agency(&report.agency);
    let view = ReportPage {
        periods: periods(w, local(app.office.now()).year(), period),
        agencies: agency_choices(&app, &signed.actor, &cut, w.0),
        name: if report.agency.is_empty() {
            w.report_province().to_owned()
        } else {
            agency_name(&app, &AgencyCode(report.agency.clone()), w.0)
        },
        agency: asked.agency,
        key: period.key(),
        period: period_name(w, period),
        heads: heads(w),
        sum: LineView {
            field: String::new(),
            numbers: report.sum().0.to_vec(),
        },
        lines: report
            .lines
            .into_iter()
            .map(|l| LineView {
                field: l.field,
                numbers: l.numbers.0.to_vec(),
            })
            .collect(),
        kept: kept_list.into_iter().map(|k| kept(w, k)).collect(),
        page,
    };
    Ok(Html(view.render()?))
}

pub async fn send(State(app): State<AppState>, signed: Signed, Form(asked): Form<Asked>) -> Result<Redirect, WebError> {
    let signed = signed.only(READERS)?;
    let (period, agency) = (period_of(&app, &asked)?, agency_of(&asked));
    app.office.send_report(&signed.actor, agency.as_ref(), period).await?;
    let mut address = form_urlencoded::Serializer::new(String::new());
    address.append_pair("ky", &period.key()).append_pair("co-quan", &asked.agency);
    Ok(Redirect::to(&format!("/bang/bao-cao?{}", address.finish())))
}

/// The report as a file: of now, or one that was sent.
pub async fn file(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(READERS)?;
    let agency = agency_of(&asked);
    let (report, by): (Report, String) = if asked.gui.is_empty() {
        let period = period_of(&app, &asked)?;
        let report = app.office.report(&signed.actor, agency.as_ref(), period).await?;
        (report, signed.actor.name.clone())
    } else {
        let id: Uuid = asked.gui.parse().map_err(|_| WebError::NotFound)?;
        let sent = app.office.sent_report(&signed.actor, agency.as_ref(), id).await?;
        (sent.report, sent.by)
    };
    let name = format!(
        "bieu-06a-{}-{}",
        report.period.key(),
        if report.agency.is_empty() { "tinh" } else { &report.agency }
    );
    if asked.dang == "pdf" {
        let pdf = app.office.report_pdf(&report, &by).await?;
        return Ok((headers("application/pdf", &format!("{name}.pdf")), pdf).into_response());
    }
    let book = app.office.report_workbook(&report, &by).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok((headers(kind, &format!("{name}.xlsx")), book).into_response())
}
