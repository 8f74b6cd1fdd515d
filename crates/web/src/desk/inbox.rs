//! `/ban`: what waits, the most urgent first; queue, filters and page live in the address.

use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::Html;
use jiff::{SignedDuration, Timestamp};
use motcua_model::actor::Role;
use motcua_model::clock::{TIME_ZONE, local};
use motcua_model::id::{AgencyCode, DossierId, ProcedureCode};
use motcua_office::desk::Inbox;
use motcua_office::{DossierLine, InboxFilter, Tally};
use motcua_words::Words;
use serde::Deserialize;

/// Lines on a page.
const PAGE: u64 = 20;
/// Most dossiers that are accepted with one press.
const MANY: usize = 100;

/// What is asked for in the address.
#[derive(Clone, Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// Queue.
    hang: String,
    /// Procedure.
    thu_tuc: String,
    /// Deadline: `qua-han`, `hom-nay`, `tuan-nay`.
    han: String,
    /// What is searched for.
    q: String,
    /// Where the page begins.
    sau: String,
}

/// A queue: whose turn it is, and where the dossier stands.
struct Queue {
    name: &'static str,
    turn: Option<&'static str>,
    status: Option<&'static str>,
    label: fn(Words) -> &'static str,
}

/// The queues of an agency in the order of the work. Each is a stretch of one index.
const QUEUES: [Queue; 7] = [
    Queue {
        name: "tiep-nhan",
        turn: Some("receptionist"),
        status: Some("filed"),
        label: |w| w.desk_tab_filed(),
    },
    Queue {
        name: "chuyen",
        turn: Some("receptionist"),
        status: Some("accepted"),
        label: |w| w.desk_tab_accepted(),
    },
    Queue {
        name: "chuyen-vien",
        turn: Some("specialist"),
        status: None,
        label: |w| w.desk_tab_specialist(),
    },
    Queue {
        name: "lanh-dao",
        turn: Some("leader"),
        status: None,
        label: |w| w.desk_tab_leader(),
    },
    Queue {
        name: "bo-sung",
        turn: Some("citizen"),
        status: None,
        label: |w| w.desk_tab_citizen(),
    },
    Queue {
        name: "tra",
        turn: Some("receptionist"),
        status: Some("approved"),
        label: |w| w.desk_tab_approved(),
    },
    Queue {
        name: "tat-ca",
        turn: None,
        status: None,
        label: |w| w.desk_tab_all(),
    },
];

impl Queue {
    fn count(&self, tally: &[Tally]) -> i64 {
        let fits = |t: &&Tally| self.turn.is_none_or(|x| t.turn == x) && self.status.is_none_or(|x| t.status == x);
        tally.iter().filter(fits).map(|t| t.n).sum()
    }
}

/// The queue that was asked for, else the one of the officer's own work.
fn queue(asked: &str, role: Role) -> &'static Queue {
    let own = match role {
        Role::Specialist => "chuyen-vien",
        Role::Leader => "lanh-dao",
        _ => "tiep-nhan",
    };
    let named = |name: &str| QUEUES.iter().find(|q| q.name == name);
    named(asked).or_else(|| named(own)).unwrap_or(&QUEUES[0])
}

/// The stretch of deadlines that is asked for: from where, and before when.
fn stretch(asked: &str, now: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
    let end_of_today = local(now)
        .date()
        .tomorrow()
        .ok()
        .and_then(|d| TIME_ZONE.to_timestamp(d.at(0, 0, 0, 0)).ok());
    match asked {
        "qua-han" => (None, Some(now)),
        "hom-nay" => (Some(now), end_of_today),
        "tuan-nay" => (Some(now), Some(now + SignedDuration::from_hours(7 * 24))),
        _ => (None, None),
    }
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
    /// Share of the time that is used, in percent; none while the clock stands still.
    used: Option<i64>,
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
struct InboxPage {
    page: Page,
    agency: String,
    tabs: Vec<Tab>,
    current: &'static str,
    label: &'static str,
    procedures: Vec<(String, String, bool)>,
    dues: Vec<(&'static str, &'static str, bool)>,
    filtered: bool,
    asked: Asked,
    lines: Vec<Line>,
    next: String,
    none_selected: bool,
    results: Vec<(String, String)>,
    receptionist: bool,
    leader: bool,
}

async fn render(
    app: &AppState,
    signed: &Signed,
    asked: Asked,
    none_selected: bool,
    results: Vec<(String, String)>,
) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, DESK);
    let w = page.w;
    let (queue, now) = (queue(&asked.hang, signed.actor.role), app.office.now());
    let (from, before) = stretch(&asked.han, now);
    let cursor = asked
        .sau
        .split_once('~')
        .and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let filter = InboxFilter {
        agency: AgencyCode(String::new()),
        turn: queue.turn.map(str::to_owned),
        status: queue.status.map(str::to_owned),
        procedure: Some(asked.thu_tuc.clone()).filter(|p| !p.is_empty()),
        due_before: before,
        after: cursor.or_else(|| from.map(|at| (at.as_microsecond(), DossierId::new(0, [0; 10])))),
        limit: PAGE,
    };
    let Inbox { mut lines, next, tally } = app.office.inbox(&signed.actor, filter).await?;
    let searched = !asked.q.trim().is_empty();
    if searched {
        lines = app.office.find(&signed.actor, &asked.q).await?;
    }
    let view = InboxPage {
        agency: signed
            .actor
            .agency
            .as_ref()
            .map_or_else(String::new, |a| agency_name(app, a, w.0)),
        tabs: QUEUES
            .iter()
            .map(|q| Tab {
                name: q.name,
                label: (q.label)(w),
                count: q.count(&tally),
                current: !searched && q.name == queue.name,
            })
            .collect(),
        current: queue.name,
        label: (queue.label)(w),
        procedures: offered(app, signed, w)
            .into_iter()
            .map(|(c, n)| (c.clone(), n, c == asked.thu_tuc))
            .collect(),
        dues: [
            ("qua-han", w.desk_due_late()),
            ("hom-nay", w.desk_due_today()),
            ("tuan-nay", w.desk_due_week()),
        ]
        .map(|(name, label)| (name, label, asked.han == name))
        .to_vec(),
        filtered: !asked.thu_tuc.is_empty() || !asked.han.is_empty() || cursor.is_some(),
        lines: lines.into_iter().map(|l| line(app, w, now, l)).collect(),
        next: next.filter(|_| !searched).map_or_else(String::new, |(at, id)| {
            format!(
                "/ban?hang={}&thu_tuc={}&han={}&sau={at}~{id}",
                queue.name,
                view::encode(&asked.thu_tuc),
                view::encode(&asked.han)
            )
        }),
        receptionist: signed.actor.role == Role::Receptionist,
        leader: signed.actor.role == Role::Leader,
        none_selected,
        results,
        asked,
        page,
    };
    Ok(view.render()?)
}

/// The procedures that this officer's agency settles: code and name.
fn offered(app: &AppState, signed: &Signed, w: Words) -> Vec<(String, String)> {
    let services = super::counter::settled_by(app, signed.actor.agency.as_ref());
    services
        .iter()
        .map(|s| (s.sheet.code.0.clone(), s.sheet.name.get(w.0).to_owned()))
        .collect()
}

fn line(app: &AppState, w: Words, now: Timestamp, l: DossierLine) -> Line {
    let calendar = app.office.catalogue().calendar();
    let code = ProcedureCode(l.procedure);
    let used = l.deadline.map(|deadline| {
        let whole = deadline.duration_since(l.filed_at).as_secs().max(1);
        (now.duration_since(l.filed_at).as_secs() * 100 / whole).clamp(0, 100)
    });
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
        due: match l.deadline {
            Some(at) => view::left(w, calendar, now, at),
            None if l.status == "awaiting_supplement" => w.desk_no_clock().to_owned(),
            None => String::new(),
        },
        kind: l.status,
        filed: view::short(l.filed_at),
        urgency: l.deadline.map_or("calm", |at| view::urgency(calendar, now, at)),
        used,
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    Ok(Html(render(&app, &signed, asked, false, Vec::new()).await?))
}

/// Accepts several at once; each is told how it went.
pub async fn accept_many(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Receptionist])?;
    let w = signed.visitor.words();
    let text = |name: &str| {
        pairs
            .iter()
            .find(|(k, _)| k == name)
            .map_or_else(String::new, |(_, v)| v.clone())
    };
    let asked = Asked {
        hang: text("hang"),
        thu_tuc: text("thu_tuc"),
        han: text("han"),
        ..Asked::default()
    };
    let mut results = Vec::new();
    for id in pairs
        .iter()
        .filter(|(k, _)| k == "id")
        .filter_map(|(_, v)| v.parse::<DossierId>().ok())
        .take(MANY)
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
    Ok(Html(render(&app, &signed, asked, results.is_empty(), results).await?))
}
