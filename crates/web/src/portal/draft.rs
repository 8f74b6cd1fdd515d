//! `/ho-so/nhap/ID/STEP`: the form, one question group a page, and its papers. Citizens fill in their own; receptionists
//! and postal clerks use the same pages for a person who stands there.

use super::account::sign_in_keeping;
use super::catalogue::By;
use super::changed;
use super::dialogue::{self, Dialogue};
use super::field::{Control, Drawing};
use super::kho::KeptLine;
use super::mirror::Mirror;
use crate::AppState;
use crate::app::Page;
use crate::device::Seen;
use crate::error::WebError;
use crate::limit;
use crate::session::{Signed, Visitor};
use crate::upload;
use crate::view;
use askama::Template;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Form, Json};
use motcua_model::actor::Role;
use motcua_model::form::{Problem, Raw, is_input_of};
use motcua_model::id::{DossierId, FileHash, ProcedureCode};
use motcua_office::draft::{OpenDraft, PAPER_MAX};
use motcua_office::error::{OfficeError, PaperProblem};
use motcua_office::funnel::Stage;
use motcua_office::version::PAGE_VERSION;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/step.html")]
struct StepPage {
    page: Page,
    id: DossierId,
    name: String,
    title: String,
    intro: String,
    step: String,
    number: usize,
    count: usize,
    back: String,
    controls: Vec<Control>,
    problems: Vec<(String, String)>,
    saved: String,
    /// Why nothing new is taken today; empty on a day on which it is.
    closed: String,
    version: u32,
    mirror: Mirror,
    dialogue: Option<Dialogue>,
    can_ask: bool,
    behalf: String,
}

impl StepPage {
    /// The input that says for which version of the form the page was made.
    const VERSION: &'static str = PAGE_VERSION;
}

#[derive(Deserialize, Default)]
pub struct Asked {
    /// One more entry in this group.
    them: Option<String>,
    /// One question at a time: which.
    hoi: Option<String>,
}

pub async fn begin(
    State(app): State<AppState>,
    signed: Signed,
    seen: Seen,
    Path(code): Path<String>,
    Query(by): Query<By>,
) -> Result<Redirect, WebError> {
    let code = ProcedureCode(code);
    if let Some(now) = app.office.catalogue().renamed(&code) {
        let by = if by.qua.is_empty() {
            String::new()
        } else {
            format!("?qua={}", view::encode(&by.qua))
        };
        // Posted again to the new address: another redirect would ask for it as for a page.
        return Ok(Redirect::permanent(&format!("/thu-tuc/{now}/nop{by}")));
    }
    let id = app.office.begin_draft_by(&signed.actor, &code, &by.qua).await?;
    seen.note(&app, signed.actor.role, &code, Stage::Begun);
    Ok(Redirect::to(&first_step(&app, &code, id)))
}

/// Address of the first step of a draft.
pub fn first_step(app: &AppState, code: &ProcedureCode, id: DossierId) -> String {
    let step = app
        .office
        .catalogue()
        .procedure(code)
        .and_then(|p| p.form.steps.first().map(|s| s.id.clone()));
    format!("/ho-so/nhap/{id}/{}", step.unwrap_or_default())
}

fn render(
    app: &AppState,
    visitor: &Visitor,
    open: &OpenDraft,
    step_id: &str,
    problems: &[Problem],
    asked: &Asked,
) -> Result<String, WebError> {
    let page = Page::new(visitor, "portal");
    let (w, lang) = (page.w, page.w.0);
    let form = &open.procedure.form;
    let body = &open.draft.body;
    let step = form.step(step_id).ok_or(WebError::NotFound)?;
    let visible: Vec<_> = form.visible_steps(&body.answers).collect();
    let at = visible.iter().position(|s| s.id == step.id).unwrap_or(0);
    let registers = app.office.catalogue().registers();
    let drawing = Drawing {
        w,
        answers: &body.answers,
        typed: &body.typed,
        problems,
        registers,
        more: asked.them.as_deref(),
        step: &step.fields,
        taken: &body.taken,
    };
    // A field that another one on this page may call up is always drawn: without scripts nothing can show it later.
    let mut controls: Vec<Control> = step
        .fields
        .iter()
        .filter(|f| {
            f.is_visible(&body.answers)
                || f.when
                    .as_ref()
                    .is_some_and(|c| c.fields().iter().any(|n| step.fields.iter().any(|o| o.id == *n)))
        })
        .map(|f| {
            let mut control = drawing.control(f);
            if f.when.is_some() {
                control.hint = [control.hint.as_str(), w.form_only_if()].join(" ").trim().to_owned();
            }
            control
        })
        .collect();
    let back = match at.checked_sub(1).and_then(|i| visible.get(i)) {
        Some(before) => format!("/ho-so/nhap/{}/{}", open.draft.id, before.id),
        None => "/ho-so".to_owned(),
    };
    let dialogue = asked
        .hoi
        .as_deref()
        .and_then(|hoi| Dialogue::split(step, &body.answers, hoi, &mut controls, lang));
    let label = |field: &str| {
        let id = field.split('.').next().unwrap_or(field);
        form.field(id).map_or_else(String::new, |f| f.label.get(lang).to_owned())
    };
    let view = StepPage {
        id: open.draft.id,
        name: open.procedure.sheet.name.get(lang).to_owned(),
        title: step.title.get(lang).to_owned(),
        intro: step.intro.as_ref().map_or_else(String::new, |t| t.get(lang).to_owned()),
        step: step.id.clone(),
        number: at + 1,
        count: visible.len() + 2,
        back,
        controls,
        problems: problems
            .iter()
            .map(|p| (p.field.clone(), format!("{}: {}", label(&p.field), view::problem(w, p))))
            .collect(),
        saved: view::short(open.draft.updated_at),
        closed: open
            .procedure
            .sheet
            .closed_on(app.office.today())
            .map_or_else(String::new, |c| crate::closed::refused(w, c)),
        version: form.version,
        mirror: Mirror::of(form, step, &body.answers),
        behalf: behalf(w, &open.draft),
        dialogue,
        can_ask: visitor.account.as_ref().is_some_and(|a| a.role == Role::PostClerk),
        page,
    };
    Ok(view.render()?)
}

/// For whom a draft is filled in under a mandate; empty for one's own.
pub(super) fn behalf(w: motcua_words::Words, draft: &motcua_office::Draft) -> String {
    let of = draft.body.on_behalf.as_ref();
    of.map_or_else(String::new, |b| w.mandate_filling_for(&b.name))
}

pub async fn step(
    State(app): State<AppState>,
    signed: Signed,
    Path((id, step)): Path<(DossierId, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    match app.office.open_draft(&signed.actor, id).await {
        Ok(open) if open.draft.body.moved.is_some() => Ok(changed::first(id)),
        Ok(open) => {
            // What was typed wrong before is shown with its problem again, and what is not right any more.
            let mut problems = standing_problems(&app, &open, &step);
            let today = motcua_model::clock::local(app.office.now()).date();
            let registers = app.office.catalogue().registers();
            let body = &open.draft.body;
            problems.extend(open.procedure.form.outdated(&step, &body.answers, registers, today));
            if asked.hoi.is_some() {
                dialogue::keep_typed(&mut problems, &body.typed);
            }
            Ok(Html(render(&app, &signed.visitor, &open, &step, &problems, &asked)?).into_response())
        }
        Err(OfficeError::Refused(motcua_model::dossier::Refusal::AlreadySubmitted)) => Ok(sent(&signed, id)),
        Err(e) => Err(e.into()),
    }
}

/// Where to go with a draft that became a dossier.
pub fn sent(signed: &Signed, id: DossierId) -> Response {
    let door = if signed.actor.role.is_officer() {
        "/ban/ho-so"
    } else {
        "/ho-so"
    };
    Redirect::to(&format!("{door}/{id}")).into_response()
}

fn standing_problems(app: &AppState, open: &OpenDraft, step: &str) -> Vec<Problem> {
    let body = &open.draft.body;
    let Some(step) = open.procedure.form.step(step).filter(|_| !body.typed.is_empty()) else {
        return Vec::new();
    };
    let mine = |name: &str| step.fields.iter().any(|f| is_input_of(name, &f.id));
    if !body.typed.keys().any(|name| mine(name)) {
        return Vec::new();
    }
    let raw = open.procedure.form.typed_again(&body.typed);
    let today = motcua_model::clock::local(app.office.now()).date();
    let reading = open
        .procedure
        .form
        .read_step(step, &raw, &body.answers, app.office.catalogue().registers(), today);
    reading
        .problems
        .into_iter()
        .filter(|p| body.typed.contains_key(&p.field))
        .collect()
}

pub async fn save(
    State(app): State<AppState>,
    visitor: Visitor,
    seen: Seen,
    Path((id, step)): Path<(DossierId, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let raw = Raw::from_pairs(pairs);
    if visitor.unknown {
        return Err(WebError::Unavailable);
    }
    let Some(account) = visitor.account.clone() else {
        return sign_in_keeping(&visitor, &format!("/ho-so/nhap/{id}/{step}"), &raw);
    };
    let signed = Signed {
        actor: account.actor(),
        visitor,
    };
    let saved = match app.office.save_step(&signed.actor, id, &step, &raw).await {
        Err(OfficeError::Refused(motcua_model::dossier::Refusal::AlreadySubmitted)) => return Ok(sent(&signed, id)),
        saved => saved?,
    };
    let wants_json = headers
        .get(header::ACCEPT)
        .is_some_and(|a| a.as_bytes().starts_with(b"application/json"));
    if wants_json {
        let w = signed.visitor.words();
        let problems: Vec<_> = saved
            .problems
            .iter()
            .map(|p| (p.field.clone(), view::problem(w, p)))
            .collect();
        let time = motcua_model::clock::local(saved.saved_at).strftime("%-H:%M").to_string();
        return Ok(Json(serde_json::json!({ "saved": w.form_saved_at(time), "problems": problems })).into_response());
    }
    if saved.first {
        seen.note(&app, signed.actor.role, &saved.procedure, Stage::Step(&step));
    }
    for problem in &saved.problems {
        let field = problem.field.split('.').next().unwrap_or("");
        seen.note(&app, signed.actor.role, &saved.procedure, Stage::Wrong(field));
    }
    if let Some((_, group)) = raw.0.iter().find(|(name, _)| name.as_str() == "them") {
        let group = group.last().map_or("", String::as_str);
        return Ok(Redirect::to(&format!(
            "/ho-so/nhap/{id}/{step}?them={}{}",
            view::encode(group),
            dialogue::again(asked.hoi.as_deref())
        ))
        .into_response());
    }
    if saved.moved {
        return Ok(changed::first(id));
    }
    if let Some(hoi) = asked.hoi.as_deref().filter(|hoi| !dialogue::is_wrong(&saved.problems, hoi)) {
        let open = app.office.open_draft(&signed.actor, id).await?;
        let to = dialogue::after(&open, &step, hoi, &saved);
        return Ok(Redirect::to(&to).into_response());
    }
    if saved.problems.is_empty() {
        let next = saved.next.unwrap_or_else(|| "giay-to".to_owned());
        return Ok(Redirect::to(&format!("/ho-so/nhap/{id}/{next}")).into_response());
    }
    let open = app.office.open_draft(&signed.actor, id).await?;
    let mut problems = saved.problems;
    if let Some(hoi) = &asked.hoi {
        problems.retain(|p| is_input_of(&p.field, hoi));
    }
    let html = render(&app, &signed.visitor, &open, &step, &problems, &asked)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

struct PaperBox {
    id: String,
    label: String,
    hint: String,
    required: bool,
    accept: String,
    types: String,
    max_mb: u64,
    full: bool,
    problem: String,
    files: Vec<(String, String, FileHash)>,
    /// What the person keeps and may use here again.
    kept: Vec<KeptLine>,
}

#[derive(Template)]
#[template(path = "portal/papers.html")]
struct PapersPage {
    page: Page,
    id: DossierId,
    name: String,
    number: usize,
    back: String,
    behalf: String,
    boxes: Vec<PaperBox>,
}

/// The limit for every paper.
const MAX_MB: u64 = PAPER_MAX / 1024 / 1024;

async fn papers_page(
    app: &AppState,
    signed: &Signed,
    open: &OpenDraft,
    problem: Option<(&str, String)>,
) -> Result<String, WebError> {
    let visitor = &signed.visitor;
    let mut kept = app.office.reusable(&signed.actor, open).await?;
    let today = motcua_model::clock::local(app.office.now()).date();
    let page = Page::new(visitor, "portal");
    let (w, lang) = (page.w, page.w.0);
    let (form, body) = (&open.procedure.form, &open.draft.body);
    let boxes = form
        .visible_papers(&body.answers)
        .map(|rule| {
            let files: Vec<_> = body
                .papers
                .iter()
                .filter(|p| p.kind == rule.id)
                .map(|p| {
                    let from = p.reused.as_ref().map(|r| view::reused(w, r));
                    (p.name.clone(), from.unwrap_or_else(|| size(p.size)), p.hash)
                })
                .collect();
            PaperBox {
                id: rule.id.clone(),
                label: rule.label.get(lang).to_owned(),
                hint: rule.hint.as_ref().map_or_else(String::new, |h| h.get(lang).to_owned()),
                required: rule.is_required(&body.answers),
                accept: rule.file_types().iter().map(|t| t.media_type()).collect::<Vec<_>>().join(","),
                // Said where this paper has rules of its own; the rule for all stands on top of the page.
                types: if rule.types.is_empty() && rule.max_mb.is_none() {
                    String::new()
                } else {
                    rule.file_types().iter().map(|t| t.name()).collect::<Vec<_>>().join(", ")
                },
                max_mb: rule.max_mb.map_or(MAX_MB, |own| own.min(MAX_MB)),
                full: files.len() >= rule.max,
                problem: problem
                    .as_ref()
                    .filter(|(kind, _)| *kind == rule.id)
                    .map_or_else(String::new, |(_, text)| text.clone()),
                files,
                kept: kept.remove(&rule.id).map_or_else(Vec::new, |list| {
                    list.iter().map(|k| KeptLine::new(page.w, k, today)).collect()
                }),
            }
        })
        .collect();
    let last = form.visible_steps(&body.answers).last().map_or("", |s| &s.id);
    let view = PapersPage {
        id: open.draft.id,
        name: open.procedure.sheet.name.get(lang).to_owned(),
        number: form.visible_steps(&body.answers).count() + 1,
        back: format!("/ho-so/nhap/{}/{last}", open.draft.id),
        behalf: behalf(page.w, &open.draft),
        boxes,
        page,
    };
    Ok(view.render()?)
}

/// A size for people.
fn size(bytes: u64) -> String {
    if bytes < 1024 * 1024 {
        format!("{} KB", bytes.div_ceil(1024))
    } else {
        format!("{} MB", bytes.div_ceil(1024 * 1024))
    }
}

pub async fn papers(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    let open = app.office.open_draft(&signed.actor, id).await?;
    if open.draft.body.moved.is_some() {
        return Ok(changed::first(id));
    }
    Ok(Html(papers_page(&app, &signed, &open, None).await?).into_response())
}

pub async fn attach(
    State(app): State<AppState>,
    signed: Signed,
    seen: Seen,
    Path(id): Path<DossierId>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, WebError> {
    limit::check(&app.limits.upload, &signed.actor.account.to_string())?;
    // Asked before anything is received: nobody fills the disk through another's draft.
    let open = app.office.open_draft(&signed.actor, id).await?;
    let (raw, files) = upload::read(&app, form).await?;
    let empty = raw.0.keys().next().cloned().unwrap_or_default();
    let mut last = (empty, Err(PaperProblem::Missing.into()));
    for (kind, name, file) in files {
        let attached = app.office.attach(&signed.actor, id, &kind, &name, file).await;
        last = (kind, attached);
        if last.1.is_err() {
            break;
        }
    }
    if last.1.is_ok() && open.draft.body.papers.is_empty() {
        seen.note(&app, signed.actor.role, open.procedure.code(), Stage::Papers);
    }
    let wants_json = headers
        .get(header::ACCEPT)
        .is_some_and(|a| a.as_bytes().starts_with(b"application/json"));
    match last {
        (_, Ok(paper)) if wants_json => Ok(Json(serde_json::json!({ "name": paper.name, "size": paper.size })).into_response()),
        (_, Ok(_)) => Ok(Redirect::to(&format!("/ho-so/nhap/{id}/giay-to")).into_response()),
        (kind, Err(e @ OfficeError::Paper(_))) if !wants_json => {
            let html = papers_refused(&app, &signed, id, &kind, &e).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        (_, Err(e)) => Err(e.into()),
    }
}

/// The page with a paper that was not taken, and why.
pub(super) async fn papers_refused(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    kind: &str,
    why: &OfficeError,
) -> Result<String, WebError> {
    let open = app.office.open_draft(&signed.actor, id).await?;
    let text = view::office_error(signed.visitor.words(), why);
    papers_page(app, signed, &open, Some((kind, text))).await
}

#[derive(Deserialize)]
pub struct Detach {
    kind: String,
    hash: FileHash,
}

pub async fn detach(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(f): Form<Detach>,
) -> Result<Redirect, WebError> {
    app.office.detach(&signed.actor, id, &f.kind, f.hash).await?;
    Ok(Redirect::to(&format!("/ho-so/nhap/{id}/giay-to")))
}

pub async fn discard(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Redirect, WebError> {
    app.office.discard_draft(&signed.actor, id).await?;
    Ok(Redirect::to("/ho-so"))
}
