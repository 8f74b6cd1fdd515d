//! `/ban`: what waits, the most urgent first; queue, filters, search and page live in the address.

use super::queue::{Made, QUEUES, Queue, queue, stretch};
use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use jiff::Timestamp;
use motcua_model::actor::Role;
use motcua_model::id::{AgencyCode, DossierId, ProcedureCode};
use motcua_office::desk::Inbox;
use motcua_office::{DossierLine, InboxFilter};
use motcua_words::Words;
use serde::Deserialize;

/// Lines on a page that an officer can choose.
const PAGES: [u64; 3] = [20, 50, 100];

/// What is asked for in the address.
#[derive(Clone, Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// Queue.
    pub hang: String,
    /// Procedure.
    pub thu_tuc: String,
    /// Deadline: `qua-han`, `hom-nay`, `tuan-nay`.
    pub han: String,
    /// What is searched for.
    pub q: String,
    /// Lines on a page.
    pub dong: String,
    /// Where the page begins.
    sau: String,
}

impl Asked {
    /// The filters as they stand in the address, without the page.
    pub fn query(&self) -> String {
        let parts = [
            ("hang", &self.hang),
            ("thu_tuc", &self.thu_tuc),
            ("han", &self.han),
            ("q", &self.q),
            ("dong", &self.dong),
        ];
        let said: Vec<String> = parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", view::encode(value)))
            .collect();
        said.join("&")
    }

    /// Reads [`Asked::query`] back from what a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let text = |name: &str| {
            pairs
                .iter()
                .find(|(k, _)| k == name)
                .map_or_else(String::new, |(_, v)| v.clone())
        };
        Self {
            hang: text("hang"),
            thu_tuc: text("thu_tuc"),
            han: text("han"),
            q: text("q"),
            dong: text("dong"),
            sau: String::new(),
        }
    }

    fn lines(&self) -> u64 {
        self.dong.parse().ok().filter(|n| PAGES.contains(n)).unwrap_or(PAGES[0])
    }
}

/// What a press on several dossiers came to.
#[derive(Default)]
pub(super) struct Outcome {
    /// Why nothing was done at all; empty otherwise.
    pub problem: String,
    /// One line for each dossier: its code, what came of it, whether it was done.
    pub lines: Vec<(String, String, bool)>,
}

struct Line {
    id: DossierId,
    version: u64,
    code: String,
    applicant: String,
    service: String,
    status: &'static str,
    kind: String,
    /// What is proposed, where a head decides on it; empty otherwise.
    proposal: &'static str,
    /// Who holds it; empty for nobody.
    holder: String,
    filed: String,
    due: String,
    urgency: &'static str,
    /// Share of the time that is used, in percent; none while the clock stands still.
    used: Option<i64>,
}

struct Tab {
    name: &'static str,
    label: &'static str,
    count: String,
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
    sizes: [(u64, bool); 3],
    filtered: bool,
    filters: bool,
    asked: Asked,
    lines: Vec<Line>,
    next: String,
    outcome: Outcome,
    done: usize,
    receptionist: bool,
    leader: bool,
    /// Which actions on several dossiers this queue offers.
    offers: Vec<&'static str>,
    colleagues: Vec<(String, String)>,
    views: Vec<(String, String)>,
    first: String,
    keys: Vec<(&'static str, &'static str)>,
}

/// Draws the page.
pub(super) async fn render(app: &AppState, signed: &Signed, mut asked: Asked, outcome: Outcome) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, DESK);
    let (w, role) = (page.w, signed.actor.role);
    let (queue, now) = (queue(&asked.hang, role), app.office.now());
    queue.name.clone_into(&mut asked.hang);
    let cursor = asked
        .sau
        .split_once('~')
        .and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let searched = !asked.q.trim().is_empty();
    let Inbox { lines, next, counts } = if searched {
        app.office.inbox_found(&signed.actor, &asked.q).await?
    } else {
        read(app, signed, queue, &asked, cursor, now).await?
    };
    let colleagues = if role == Role::Leader && !searched && queue.name == "chuyen-vien" {
        let all = app.office.officers(&signed.actor, Role::Specialist).await?;
        all.iter()
            .map(|c| (c.account.to_string(), super::holding::said(w, c)))
            .collect()
    } else {
        Vec::new()
    };
    let views = app.office.saved_views(&signed.actor).await?;
    let first = format!("/ban?{}", asked.query());
    let view = InboxPage {
        agency: signed
            .actor
            .agency
            .as_ref()
            .map_or_else(String::new, |a| agency_name(app, a, w.0)),
        tabs: QUEUES
            .iter()
            .filter(|q| q.made != Made::Mine || role != Role::Receptionist)
            .map(|q| Tab {
                name: q.name,
                label: (q.label)(w),
                count: q.count(&counts),
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
        sizes: PAGES.map(|n| (n, n == asked.lines())),
        filtered: !asked.thu_tuc.is_empty() || !asked.han.is_empty(),
        filters: !searched && matches!(queue.made, Made::Turn(..) | Made::Due(_)),
        lines: lines.into_iter().map(|l| line(app, w, now, l)).collect(),
        next: next
            .filter(|_| !searched)
            .map_or_else(String::new, |(at, id)| format!("{first}&sau={at}~{id}")),
        offers: super::bulk::offers(role, if searched { "tat-ca" } else { queue.name }),
        done: outcome.lines.iter().filter(|l| l.2).count(),
        outcome,
        receptionist: role == Role::Receptionist,
        leader: role == Role::Leader,
        colleagues,
        views: views.into_iter().map(|v| (v.name, v.query)).collect(),
        first,
        keys: keys(w),
        asked,
        page,
    };
    Ok(view.render()?)
}

/// The keys of the desk, as they are shown.
pub(super) fn keys(w: Words) -> Vec<(&'static str, &'static str)> {
    vec![
        ("J", w.queue_key_down()),
        ("K", w.queue_key_up()),
        ("Enter", w.queue_key_open()),
        ("X", w.queue_key_select()),
        ("Shift + X", w.queue_key_select_all()),
        ("/", w.queue_key_search()),
        ("A", w.queue_key_action()),
        ("B", w.queue_key_ask()),
        ("N", w.queue_key_note()),
        ("?", w.queue_key_list()),
    ]
}

async fn read(
    app: &AppState,
    signed: &Signed,
    queue: &Queue,
    asked: &Asked,
    cursor: Option<(i64, DossierId)>,
    now: Timestamp,
) -> Result<Inbox, WebError> {
    let (turn, status, due) = match queue.made {
        Made::Mine => return Ok(app.office.inbox_mine(&signed.actor, cursor).await?),
        Made::Talk => return Ok(app.office.inbox_talk(&signed.actor).await?),
        Made::Asked => return Ok(app.office.inbox_asked(&signed.actor, cursor).await?),
        Made::Turn(turn, status) => (turn, status, asked.han.as_str()),
        Made::Due(due) => (None, None, due),
    };
    let (from, before) = stretch(due, now);
    let filter = InboxFilter {
        agency: AgencyCode(String::new()),
        turn: turn.map(str::to_owned),
        status: status.map(str::to_owned),
        procedure: Some(asked.thu_tuc.clone()).filter(|p| !p.is_empty()),
        due_before: before,
        after: cursor.or_else(|| from.map(|at| (at.as_microsecond(), DossierId::new(0, [0; 10])))),
        limit: asked.lines(),
    };
    Ok(app.office.inbox(&signed.actor, filter).await?)
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
    let proposal = l.proposal.filter(|_| l.status == "in_process");
    Line {
        id: l.id,
        version: l.version,
        code: l.code.0,
        applicant: l.applicant,
        service: app
            .office
            .catalogue()
            .service(&code)
            .map_or_else(|| code.0.clone(), |s| s.sheet.name.get(w.0).to_owned()),
        status: if l.awaits_payment {
            w.queue_payer()
        } else {
            view::status(w, &l.status)
        },
        proposal: proposal.map_or("", |p| view::outcome(w, p)),
        holder: l.holder.unwrap_or_default(),
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
    Ok(Html(render(&app, &signed, asked, Outcome::default()).await?))
}
