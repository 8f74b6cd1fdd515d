//! `/quan-tri/danh-muc/ID`: one change of the catalogue: what it changes, what is wrong with it, what can be done.

use super::{ADMINISTRATORS, Wrong};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use motcua_model::id::PublicationId;
use motcua_model::publication::{PublicationState, Step};
use motcua_office::error::{OfficeError, PublicationProblem};
use motcua_office::publication::{Moved, OpenPublication};

struct FileLine {
    path: String,
    name: String,
    state: &'static str,
    moved: String,
    form: bool,
}

struct Moment {
    what: &'static str,
    when: String,
    by: String,
    note: String,
}

#[derive(Template)]
#[template(path = "admin/publication/show.html")]
struct ShowPage {
    page: Page,
    id: PublicationId,
    reason: String,
    author: String,
    state: &'static str,
    class: &'static str,
    from: String,
    sent_back: String,
    saved: u64,
    editable: bool,
    mine: bool,
    waiting: bool,
    withdrawable: bool,
    files: Vec<FileLine>,
    moved: bool,
    wrong: Vec<Wrong>,
    more_wrong: usize,
    previews: Vec<(String, String)>,
    moments: Vec<Moment>,
    today: String,
    typed_from: String,
    typed_why: String,
    problem: String,
}

/// What was typed into a step that was refused.
#[derive(Default)]
pub(super) struct Typed {
    pub from: String,
    pub why: String,
    pub problem: String,
}

/// Most mistakes on the page; mending the first often mends the rest.
const WRONG_MAX: usize = 40;

pub(super) async fn render(app: &AppState, signed: &Signed, id: PublicationId, typed: Typed) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let w = page.w;
    let open = app.office.publication(&signed.actor, id).await?;
    let p = open.publication();
    let ahead = matches!(
        p.state,
        PublicationState::Draft | PublicationState::Waiting | PublicationState::Approved
    );
    let (mut wrong, mut moved) = (Vec::new(), Vec::new());
    let unapproved = matches!(p.state, PublicationState::Draft | PublicationState::Waiting);
    if unapproved && !open.files.is_empty() {
        wrong = match app.office.check_publication(&open).await {
            Ok(_) => Vec::new(),
            Err(OfficeError::Publication(PublicationProblem::Mistakes(list))) => list,
            Err(e) => return Err(e.into()),
        };
        moved = app
            .office
            .moved(&open, p.from.filter(|_| p.state == PublicationState::Waiting))
            .await?;
    }
    let files: Vec<FileLine> = open
        .files
        .iter()
        .map(|f| FileLine {
            name: super::pick::name_of(app, w, &f.path),
            state: match (&f.base, &f.body) {
                (None, _) => w.publication_file_new(),
                (_, None) => w.publication_file_gone(),
                _ => w.publication_file_changed(),
            },
            moved: moved
                .iter()
                .find(|m| m.path == f.path)
                .map_or_else(String::new, |m| moved_by(w, m)),
            form: f.body.is_some() && motcua_catalogue::edit::has_form(&f.path),
            path: f.path.clone(),
        })
        .collect();
    let is_mine = p.author == signed.actor.account;
    let view = ShowPage {
        id,
        reason: p.reason.clone(),
        author: p.author_name.clone(),
        state: view::publication_state(w, p.state),
        class: p.state.as_str(),
        from: p.from.map_or_else(String::new, view::date),
        sent_back: p.sent_back.clone().unwrap_or_default(),
        saved: open.stored.saved,
        editable: open.is_editable(&signed.actor),
        mine: is_mine,
        waiting: p.state == PublicationState::Waiting,
        withdrawable: ahead && (is_mine || p.state != PublicationState::Draft),
        previews: if ahead { previews(&open) } else { Vec::new() },
        moved: files.iter().any(|f| !f.moved.is_empty()),
        files,
        more_wrong: wrong.len().saturating_sub(WRONG_MAX),
        wrong: wrong.iter().take(WRONG_MAX).map(Wrong::of).collect(),
        moments: moments(w, &open),
        today: app.office.today().to_string(),
        typed_from: if typed.from.is_empty() {
            app.office.today().to_string()
        } else {
            typed.from
        },
        typed_why: typed.why,
        problem: typed.problem,
        page,
    };
    Ok(view.render()?)
}

pub(super) fn moved_by(w: motcua_words::Words, m: &Moved) -> String {
    match &m.by {
        Some((author, reason, from)) => w.publication_moved_by(author, view::date(*from), reason),
        None => w.publication_moved_program().to_owned(),
    }
}

/// The services whose folders it changes.
fn previews(open: &OpenPublication) -> Vec<(String, String)> {
    let mut codes: Vec<&str> = open
        .files
        .iter()
        .filter(|f| f.body.is_some())
        .filter_map(|f| f.path.strip_prefix("procedures/")?.split('/').next())
        .collect();
    codes.dedup();
    codes.into_iter().take(20).map(|c| (c.to_owned(), c.to_owned())).collect()
}

fn moments(w: motcua_words::Words, open: &OpenPublication) -> Vec<Moment> {
    open.steps
        .iter()
        .map(|taken| {
            let (what, note) = match &taken.step {
                Step::Began { reason } => (w.publication_step_began(), reason.clone()),
                Step::Sent { from, hash } => {
                    let hash = hash.to_string();
                    (
                        w.publication_step_sent(),
                        w.publication_sent_note(view::date(*from), &hash[..12]),
                    )
                }
                Step::Recalled => (w.publication_step_recalled(), String::new()),
                Step::SentBack { why } => (w.publication_step_sent_back(), why.clone()),
                Step::Approved => (w.publication_step_approved(), String::new()),
                Step::InForce => (w.publication_step_in_force(), String::new()),
                Step::Withdrawn { why } => (w.publication_step_withdrawn(), why.clone()),
            };
            Moment {
                what,
                when: view::short(taken.at),
                by: taken.actor.name.clone(),
                note,
            }
        })
        .collect()
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<PublicationId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    Ok(Html(render(&app, &signed, id, Typed::default()).await?))
}
