//! `/bang/ho-so-sau-so`: the dossiers behind a figure, for the officers of the agency that settles them.

use super::adoption::{month, service_name, shown};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use jiff::Timestamp;
use motcua_model::dossier::Channel;
use motcua_model::id::{AgencyCode, DossierId, ProcedureCode};
use motcua_office::DossierLine;
use motcua_office::adoption::Behind;
use motcua_office::index::{BehindIndex, Kind};
use motcua_words::Words;
use serde::Deserialize;

/// Which figure, as the address says it.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "co-quan")]
    agency: String,
    #[serde(rename = "thu-tuc")]
    procedure: String,
    kenh: String,
    /// Which index; then the list is of its part or its whole, whichever service.
    #[serde(rename = "chi-so")]
    index: String,
    phan: String,
    tu: String,
    den: String,
    /// The last line of the page before: microseconds and identifier.
    sau: String,
}

struct Line {
    id: String,
    code: String,
    person: String,
    filed: String,
    status: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "board/behind.html")]
struct BehindPage {
    page: Page,
    service: String,
    agency: String,
    channel: String,
    from: String,
    to: String,
    lines: Vec<Line>,
    next: String,
}

pub(super) fn after(typed: &str) -> Option<(Timestamp, DossierId)> {
    let (micros, id) = typed.split_once('.')?;
    let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
    Some((at, id.parse().ok()?))
}

fn line(w: Words, d: DossierLine) -> Line {
    Line {
        id: d.id.to_string(),
        code: d.code.0,
        person: d.applicant,
        filed: view::short(d.filed_at),
        status: view::status(w, &d.status),
        state: d.status,
    }
}

/// The dossiers behind an index.
async fn of_index(app: &AppState, signed: &Signed, page: Page, asked: &Asked) -> Result<Html<String>, WebError> {
    let w = page.w;
    let kind = Kind::parse(&asked.index).ok_or(WebError::NotFound)?;
    let (Some(from), Some(to)) = (month(&asked.tu), month(&asked.den)) else {
        return Err(WebError::NotFound);
    };
    let of = BehindIndex {
        agency: AgencyCode(asked.agency.clone()),
        kind,
        part: asked.phan == "tu",
        from,
        to,
    };
    let found = app.office.behind_index(&signed.actor, &of, after(&asked.sau)).await?;
    let next = found.next.map_or_else(String::new, |(at, id)| {
        let mut address = form_urlencoded::Serializer::new(String::new());
        for (key, value) in [
            ("co-quan", &asked.agency),
            ("chi-so", &asked.index),
            ("phan", &asked.phan),
            ("tu", &asked.tu),
            ("den", &asked.den),
        ] {
            address.append_pair(key, value);
        }
        address.append_pair("sau", &format!("{}.{id}", at.as_microsecond()));
        address.finish()
    });
    let view = BehindPage {
        service: super::index::name(w, kind).0.to_owned(),
        agency: agency_name(app, &of.agency, w.0),
        channel: if of.part { w.index_part() } else { w.index_whole() }.to_owned(),
        from: shown(from),
        to: shown(to),
        lines: found.lines.into_iter().map(|d| line(w, d)).collect(),
        next,
        page,
    };
    Ok(Html(view.render()?))
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    if !asked.index.is_empty() {
        return of_index(&app, &signed, page, &asked).await;
    }
    let (channel, said) = match asked.kenh.as_str() {
        "online" => (Channel::Online, w.board_online_self()),
        "post" => (Channel::Post, w.board_online_assisted()),
        "counter" => (Channel::Counter, w.board_at_counter()),
        _ => return Err(WebError::NotFound),
    };
    let (Some(from), Some(to)) = (month(&asked.tu), month(&asked.den)) else {
        return Err(WebError::NotFound);
    };
    let of = Behind {
        agency: AgencyCode(asked.agency.clone()),
        procedure: ProcedureCode(asked.procedure.clone()),
        channel,
        from,
        to,
    };
    let found = app.office.behind(&signed.actor, &of, after(&asked.sau)).await?;
    let next = found
        .last()
        .filter(|_| found.len() == Behind::PAGE)
        .map_or_else(String::new, |last| {
            let mut address = form_urlencoded::Serializer::new(String::new());
            for (key, value) in [
                ("co-quan", &asked.agency),
                ("thu-tuc", &asked.procedure),
                ("kenh", &asked.kenh),
                ("tu", &asked.tu),
                ("den", &asked.den),
            ] {
                address.append_pair(key, value);
            }
            address.append_pair("sau", &format!("{}.{}", last.filed_at.as_microsecond(), last.id));
            address.finish()
        });
    let view = BehindPage {
        service: service_name(&app, &of.procedure, w.0),
        agency: agency_name(&app, &of.agency, w.0),
        channel: said.to_owned(),
        from: shown(from),
        to: shown(to),
        lines: found.into_iter().map(|d| line(w, d)).collect(),
        next,
        page,
    };
    Ok(Html(view.render()?))
}
