//! `/ban`: what waits, the most urgent first; filters live in the address.

use super::OFFICERS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::Html;
use motcua_model::id::{AgencyCode, DossierId, ProcedureCode};
use motcua_office::desk::own_turn;
use motcua_office::{DossierLine, InboxFilter, Tally};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// `toi`, `bo-sung`, `tat-ca`.
    hang: String,
    tinh_trang: String,
    q: String,
    sau: String,
}

struct Line {
    id: DossierId,
    code: String,
    applicant: String,
    service: String,
    status: &'static str,
    kind: String,
    filed: String,
    due: String,
    urgency: &'static str,
    acceptable: bool,
}

struct Tab {
    name: &'static str,
    label: &'static str,
    count: i64,
    current: bool,
}

#[derive(Template)]
#[template(path = "desk/inbox.html")]
struct Inbox {
    page: Page,
    agency: String,
    tabs: Vec<Tab>,
    statuses: Vec<(&'static str, &'static str, bool)>,
    asked: Asked,
    lines: Vec<Line>,
    next: String,
    results: Vec<(String, String)>,
    receptionist: bool,
}

fn count(tally: &[Tally], turn: Option<&str>, status: Option<&str>) -> i64 {
    let fits = |t: &&Tally| turn.is_none_or(|x| t.turn == x) && status.is_none_or(|x| t.status == x);
    tally.iter().filter(fits).map(|t| t.n).sum()
}

async fn render(app: &AppState, signed: &Signed, asked: Asked, results: Vec<(String, String)>) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "desk");
    let w = page.w;
    let own = own_turn(signed.actor.role).unwrap_or_default();
    let turn = match asked.hang.as_str() {
        "bo-sung" => Some("citizen".to_owned()),
        "tat-ca" => None,
        _ => Some(own.clone()),
    };
    let filter = InboxFilter {
        agency: AgencyCode(String::new()),
        turn: turn.clone(),
        status: Some(asked.tinh_trang.clone()).filter(|s| !s.is_empty()),
        procedure: None,
        due_before: None,
        after: asked
            .sau
            .split_once('~')
            .and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?))),
        limit: 20,
    };
    let inbox = app.office.inbox(&signed.actor, filter).await?;
    let lines = if asked.q.trim().is_empty() {
        inbox.lines
    } else {
        app.office.find(&signed.actor, &asked.q).await?
    };
    let tab = |name, label, turn: Option<&str>, current| Tab {
        name,
        label,
        count: count(&inbox.tally, turn, None),
        current,
    };
    let view = Inbox {
        agency: signed
            .actor
            .agency
            .as_ref()
            .and_then(|a| app.office.catalogue().agency(a))
            .map_or_else(String::new, |a| a.name.get(w.0).to_owned()),
        tabs: vec![
            tab("toi", w.desk_tab_mine(), Some(&own), turn.as_deref() == Some(&own)),
            tab(
                "bo-sung",
                w.desk_tab_citizen(),
                Some("citizen"),
                turn.as_deref() == Some("citizen"),
            ),
            tab("tat-ca", w.desk_tab_all(), None, turn.is_none()),
        ],
        statuses: [
            "filed",
            "accepted",
            "in_process",
            "awaiting_supplement",
            "approved",
            "returned",
            "refused",
            "withdrawn",
            "stopped",
        ]
        .into_iter()
        .map(|s| (s, view::status(w, s), asked.tinh_trang == s))
        .collect(),
        lines: lines.into_iter().map(|l| line(app, w, l)).collect(),
        next: inbox
            .next
            .filter(|_| asked.q.is_empty())
            .map_or_else(String::new, |(at, id)| format!("{at}~{id}")),
        receptionist: signed.actor.role == motcua_model::actor::Role::Receptionist,
        asked,
        results,
        page,
    };
    Ok(view.render()?)
}

fn line(app: &AppState, w: motcua_words::Words, l: DossierLine) -> Line {
    let (calendar, now) = (app.office.catalogue().calendar(), app.office.now());
    let code = ProcedureCode(l.procedure);
    Line {
        id: l.id,
        code: l.code.0,
        applicant: l.applicant,
        service: app
            .office
            .catalogue()
            .service(&code)
            .map_or_else(|| code.0.clone(), |s| s.sheet.name.get(w.0).to_owned()),
        status: view::status(w, &l.status),
        acceptable: l.status == "filed",
        kind: l.status,
        filed: view::short(l.filed_at),
        due: l.deadline.map_or_else(String::new, |at| view::left(w, calendar, now, at)),
        urgency: l.deadline.map_or("calm", |at| view::urgency(calendar, now, at)),
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    Ok(Html(render(&app, &signed, asked, Vec::new()).await?))
}

/// Accepts several at once; each is told how it went.
pub async fn accept_many(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    let w = signed.visitor.words();
    let mut results = Vec::new();
    for id in pairs
        .iter()
        .filter(|(k, _)| k == "id")
        .filter_map(|(_, v)| v.parse::<DossierId>().ok())
        .take(100)
    {
        let dossier = match app.office.glance(&signed.actor, id).await {
            Ok(glance) => glance.dossier,
            Err(e) => {
                results.push((id.to_string(), view::office_error(w, &e)));
                continue;
            }
        };
        let said = match app.office.accept(&signed.actor, id, dossier.version).await {
            Ok(d) => d
                .due
                .map_or_else(String::new, |due| w.desk_accepted_due(view::moment(w, due))),
            Err(e) => view::office_error(w, &e),
        };
        results.push((dossier.code.0, said));
    }
    Ok(Html(render(&app, &signed, Asked::default(), results).await?))
}
