//! What stands beside a dossier on the officer's page: notes, marks on papers, the talk with the person, and what a
//! supplement changed.

use super::OFFICERS;
use super::dossier::{Failed, render};
use super::typed::Typed;
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use crate::talk::TalkLine;
use crate::view;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Actor;
use motcua_model::dossier::Dossier;
use motcua_model::form::Raw;
use motcua_model::id::{DossierId, FileHash};
use motcua_model::permission::Relation;
use motcua_office::changes::Changed;
use motcua_office::remark::{Mark, PAGE_MAX, PLACES, REMARK_MAX, RemarkProblem};
use motcua_words::Words;

/// A note, or a mark on a page.
pub(super) struct RemarkLine {
    /// Its number among the marks of its paper.
    pub number: usize,
    /// Hash of the paper; empty for a note.
    paper: String,
    /// Page, from 1; 0 for a note.
    page: i64,
    /// One of [`PLACES`]; empty for a note.
    pub place: String,
    /// Where, in words.
    pub at: String,
    pub by: String,
    pub when: String,
    pub text: String,
}

/// What one supplement changed.
pub(super) struct ChangesLine {
    pub when: String,
    pub changed: Vec<Changed>,
}

/// All of it.
pub(super) struct Beside {
    remarks: Vec<RemarkLine>,
    pub talk: Vec<TalkLine>,
    pub changes: Vec<ChangesLine>,
    /// Whether this officer may write here: she works in the agency that settles the dossier.
    pub writes: bool,
    pub places: Vec<(&'static str, &'static str)>,
}

fn place(w: Words, place: &str) -> &'static str {
    match place {
        "top-left" => w.talk_place_top_left(),
        "top" => w.talk_place_top(),
        "top-right" => w.talk_place_top_right(),
        "left" => w.talk_place_left(),
        "right" => w.talk_place_right(),
        "bottom-left" => w.talk_place_bottom_left(),
        "bottom" => w.talk_place_bottom(),
        "bottom-right" => w.talk_place_bottom_right(),
        _ => w.talk_place_middle(),
    }
}

impl Beside {
    /// Reads it for an officer who sees the dossier.
    pub async fn of(app: &AppState, w: Words, actor: &Actor, d: &Dossier) -> Result<Self, WebError> {
        let mut remarks: Vec<RemarkLine> = Vec::new();
        for r in app.office.remarks(actor, d).await? {
            let number = remarks.iter().filter(|other| other.paper == r.paper).count() + 1;
            remarks.push(RemarkLine {
                number,
                at: if r.page > 0 {
                    w.talk_at(r.page, place(w, &r.place))
                } else {
                    String::new()
                },
                paper: r.paper,
                page: r.page,
                place: r.place,
                by: r.by_name,
                when: view::short(r.created_at),
                text: r.text,
            });
        }
        let talk = app.office.talk(actor, d).await?;
        let changes = app.office.changes(d, w.0).await?;
        Ok(Self {
            remarks,
            talk: talk.into_iter().map(|s| TalkLine::new(w, s)).collect(),
            changes: changes
                .into_iter()
                .map(|c| ChangesLine {
                    when: view::moment(w, c.at),
                    changed: c.changed,
                })
                .collect(),
            writes: Relation::of(actor, d) == Relation::SameAgency,
            places: PLACES.iter().map(|p| (*p, place(w, p))).collect(),
        })
    }

    /// The notes that mark no paper.
    pub fn notes(&self) -> Vec<&RemarkLine> {
        self.remarks.iter().filter(|r| r.paper.is_empty()).collect()
    }

    /// The marks on a paper.
    pub fn marks(&self, paper: &FileHash) -> Vec<&RemarkLine> {
        let paper = paper.to_string();
        self.remarks.iter().filter(|r| r.paper == paper).collect()
    }

    /// The marks on the first page of a paper, which is all of a picture.
    pub fn pins(&self, paper: &FileHash) -> Vec<&RemarkLine> {
        self.marks(paper).into_iter().filter(|r| r.page == 1).collect()
    }
}

async fn refused(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    action: &str,
    typed: Typed,
    said: String,
) -> Result<Response, WebError> {
    let failed = Failed {
        said,
        action: action.to_owned(),
        typed,
        problems: Vec::new(),
        // Nobody was faster: what stands beside a dossier has no version.
        seen: u64::MAX,
    };
    let html = render(app, signed, id, Some(failed)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

/// Writes a note or a mark.
pub async fn remark(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let raw = Raw::from_pairs(pairs);
    let typed = Typed::read(&raw);
    let w = signed.visitor.words();
    let mark = match raw.get("paper") {
        "" => None,
        paper => Some(Mark {
            paper: paper.parse().map_err(|_| WebError::BadRequest)?,
            page: raw.get("page").trim().parse().unwrap_or(0),
            place: raw.get("place").to_owned(),
        }),
    };
    let said = match app.office.remark(&signed.actor, id, &typed.remark, mark).await? {
        Ok(()) => return Ok(Redirect::to(&format!("/ban/ho-so/{id}")).into_response()),
        Err(RemarkProblem::Text) => w.talk_problem_remark(REMARK_MAX),
        Err(RemarkProblem::Mark) => w.talk_problem_mark(PAGE_MAX),
        Err(RemarkProblem::TooMany) => w.talk_problem_many().to_owned(),
    };
    refused(&app, &signed, id, "ghi-chu", typed, said).await
}

/// Writes to the person.
pub async fn say(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let typed = Typed::read(&Raw::from_pairs(pairs));
    match app.office.say(&signed.actor, id, &typed.said).await? {
        Ok(()) => Ok(Redirect::to(&format!("/ban/ho-so/{id}#talk")).into_response()),
        Err(problem) => {
            let said = crate::talk::problem(signed.visitor.words(), problem);
            refused(&app, &signed, id, "nhan", typed, said).await
        }
    }
}
