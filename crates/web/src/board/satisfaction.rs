//! `/bang/hai-long`: what people say of each agency, and how sure that is.

use super::adoption::{month, percent, service_name};
use super::behind::after;
use super::open::SMALL;
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::rating::{reason, score};
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use motcua_model::actor::Role;
use motcua_model::id::ProcedureCode;
use motcua_office::rating::{REASONS, SAID_PAGE, Score};
use serde::Deserialize;

/// Which months.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    tu: String,
    den: String,
    /// The last words of the page before: microseconds and identifier.
    sau: String,
}

struct Line {
    agency: String,
    share: String,
    percent: i64,
    between: String,
    /// Content, neither, not content, and of all those without an account; none where they are few.
    counts: Option<[i64; 4]>,
    reasons: String,
}

struct SaidLine {
    dossier: String,
    service: String,
    score: &'static str,
    said: String,
    at: String,
}

#[derive(Template)]
#[template(path = "board/satisfaction.html")]
struct SatisfactionPage {
    page: Page,
    from: String,
    to: String,
    lines: Vec<Line>,
    said: Vec<SaidLine>,
    next: String,
    small: i64,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let all = app
        .office
        .satisfaction(&signed.actor, month(&asked.tu), month(&asked.den))
        .await?;
    let lines = all.into_iter().map(|(agency, s)| {
        let agency = agency_name(&app, &agency, w.0);
        if s.total() < SMALL {
            return Line {
                agency,
                share: percent(w, None),
                percent: 0,
                between: String::new(),
                counts: None,
                reasons: String::new(),
            };
        }
        let mut why: Vec<_> = REASONS.into_iter().zip(s.reasons).filter(|(_, n)| *n > 0).collect();
        why.sort_by_key(|(_, n)| -n);
        let why: Vec<String> = why.into_iter().map(|(r, n)| format!("{} ({n})", reason(w, r))).collect();
        Line {
            agency,
            share: percent(w, s.share()),
            percent: s.share().unwrap_or(0) / 10,
            between: s
                .between()
                .map_or_else(String::new, |(a, b)| w.rating_range(percent(w, Some(a)), percent(w, Some(b)))),
            counts: Some([s.counts[0], s.counts[1], s.counts[2], s.by_code]),
            reasons: why.join(", "),
        }
    });
    let lines = lines.collect();
    let found = app.office.said(&signed.actor, after(&asked.sau)).await?;
    let next = found
        .last()
        .filter(|_| found.len() == SAID_PAGE)
        .map_or_else(String::new, |last| format!("{}.{}", last.at.as_microsecond(), last.dossier));
    let said = found.into_iter().map(|s| SaidLine {
        dossier: s.dossier.to_string(),
        service: service_name(&app, &ProcedureCode(s.procedure), w.0),
        score: Score::parse(s.score).map_or("", |of| score(w, of)),
        said: s.said,
        at: view::short(s.at),
    });
    let view = SatisfactionPage {
        from: asked.tu,
        to: asked.den,
        lines,
        said: said.collect(),
        next,
        small: SMALL,
        page,
    };
    Ok(Html(view.render()?))
}
