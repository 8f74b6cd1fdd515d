//! `/ke-toan/doi-soat`: statements of gateway and bank, how far each is matched, and what differs.

use super::{MONEY, words};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::dossier::Refusal;
use motcua_model::id::FileHash;
use motcua_model::ledger::Problem;
use motcua_office::OfficeError;
use motcua_office::money::reconcile::{Difference, PAGE, Remedy, Taken};
use motcua_words::Words;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    xong: String,
    sau: String,
    truoc: String,
}

/// What was decided about a difference.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    statement: String,
    number: String,
    remedy: String,
    code: String,
    reason: String,
}

struct FileLine {
    name: String,
    layout: String,
    by: String,
    done: bool,
    looked: u64,
    lines: u64,
    progress: String,
    found: String,
}

struct DifferenceLine {
    statement: String,
    number: i64,
    kind: &'static str,
    proposal: &'static str,
    reference: String,
    content: String,
    when: String,
    how: &'static str,
    here: String,
    there: String,
    book: bool,
    charge_back: bool,
    dossier: Option<String>,
    closed: String,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "money/reconcile.html")]
struct ReconcilePage {
    page: Page,
    layouts: Vec<(String, String)>,
    files: Vec<FileLine>,
    busy: bool,
    closed: bool,
    before: bool,
    differences: Vec<DifferenceLine>,
    next: String,
    problem: Option<String>,
    broken: Vec<String>,
}

/// What went wrong with what was sent.
#[derive(Default)]
struct Wrong {
    problem: Option<String>,
    broken: Vec<String>,
    typed: Typed,
}

fn said(w: Words, what: &Problem) -> String {
    match what {
        Problem::Encoding => w.reconcile_encoding().to_owned(),
        Problem::Columns { lacks } => w.reconcile_columns(lacks),
        Problem::Short => w.reconcile_short().to_owned(),
        Problem::Reference => w.reconcile_reference().to_owned(),
        Problem::Amount { said } => w.reconcile_amount(said),
        Problem::Time { said } => w.reconcile_time(said),
        Problem::Total { said, counted } => w.reconcile_total(words::signed(w, *counted), words::signed(w, *said)),
        Problem::Count { said, counted } => w.reconcile_count(counted, said),
        Problem::Empty => w.reconcile_empty().to_owned(),
    }
}

fn place(text: &str) -> Option<(i64, FileHash, i64)> {
    let mut parts = text.split('.');
    Some((
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    ))
}

fn line(w: Words, d: Difference, typed: &Typed) -> DifferenceLine {
    let (kind, proposal) = match d.kind.as_str() {
        "not_here" if d.there < 0 => (w.reconcile_not_here(), w.reconcile_propose_back()),
        "not_here" => (w.reconcile_not_here(), w.reconcile_propose_book()),
        "not_there" => (w.reconcile_not_there(), w.reconcile_propose_wait()),
        "amount" => (w.reconcile_amount_differs(), w.reconcile_propose_ask()),
        _ => (w.reconcile_duplicate(), w.reconcile_propose_ask()),
    };
    let statement = d.statement.to_string();
    let number = d.number.to_string();
    DifferenceLine {
        typed: if typed.statement == statement && typed.number == number {
            typed.clone()
        } else {
            Typed::default()
        },
        statement,
        number: d.number,
        kind,
        proposal,
        reference: d.reference,
        content: d.content,
        when: view::short(d.at),
        how: words::method(w, &d.method),
        here: words::signed(w, d.here),
        there: words::signed(w, d.there),
        book: d.kind == "not_here" && d.there > 0,
        charge_back: d.there < 0 && d.dossier.is_some(),
        dossier: d.dossier.map(|id| id.to_string()),
        closed: if d.closed {
            w.reconcile_closed_by(&d.reason, &d.closed_by)
        } else {
            String::new()
        },
    }
}

async fn render(app: &AppState, signed: &Signed, asked: &Asked, wrong: Wrong) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, MONEY);
    let w = page.w;
    let closed = asked.xong == "1";
    let statements = app.office.statements(&signed.actor).await?;
    let rows = app.office.differences(&signed.actor, closed, place(&asked.sau)).await?;
    let next = rows
        .last()
        .filter(|_| rows.len() >= PAGE as usize)
        .map_or_else(String::new, |d| {
            let xong = if closed { "1" } else { "" };
            format!(
                "/ke-toan/doi-soat?xong={xong}&sau={}.{}.{}",
                d.at.as_microsecond(),
                d.statement,
                d.number
            )
        });
    let name = |id: &str| {
        let layout = app.office.layouts().iter().find(|l| l.id == id);
        layout.map_or_else(|| id.to_owned(), |l| l.name.get(w.0).to_owned())
    };
    let view = ReconcilePage {
        layouts: app
            .office
            .layouts()
            .iter()
            .map(|l| (l.id.clone(), l.name.get(w.0).to_owned()))
            .collect(),
        busy: statements.iter().any(|s| !s.done),
        files: statements
            .into_iter()
            .map(|s| FileLine {
                layout: name(&s.layout),
                by: w.reconcile_by(view::short(s.uploaded_at), &s.uploaded_by),
                progress: w.reconcile_progress(s.lines, s.looked),
                found: w.reconcile_found(s.differences, s.matched),
                name: s.name,
                done: s.done,
                looked: s.looked,
                lines: s.lines,
            })
            .collect(),
        closed,
        before: asked.truoc == "1",
        differences: rows.into_iter().map(|d| line(w, d, &wrong.typed)).collect(),
        next,
        problem: wrong.problem,
        broken: wrong.broken,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Accountant])?;
    Ok(Html(render(&app, &signed, &asked, Wrong::default()).await?))
}

/// Takes a file; a broken one is said line by line, and nothing of it is taken.
pub async fn bring(State(app): State<AppState>, signed: Signed, form: Multipart) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Accountant])?;
    let w = signed.visitor.words();
    let (layout, name, bytes) = read(form).await?;
    let wrong = if bytes.is_empty() {
        Wrong {
            problem: Some(w.reconcile_no_file().to_owned()),
            ..Wrong::default()
        }
    } else {
        match app.office.take_statement(&signed.actor, &layout, &name, &bytes).await? {
            Taken::Begun(_) => return Ok(Redirect::to("/ke-toan/doi-soat").into_response()),
            Taken::Before(_) => return Ok(Redirect::to("/ke-toan/doi-soat?truoc=1").into_response()),
            Taken::Broken(problems) => Wrong {
                problem: Some(w.reconcile_broken().to_owned()),
                broken: problems.iter().map(|p| w.reconcile_line(p.line, said(w, &p.what))).collect(),
                ..Wrong::default()
            },
        }
    };
    let html = render(&app, &signed, &Asked::default(), wrong).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

async fn read(mut form: Multipart) -> Result<(String, String, Vec<u8>), WebError> {
    let (mut layout, mut name, mut bytes) = (String::new(), String::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| WebError::BadRequest)? {
        if field.name() == Some("layout") {
            layout = field.text().await.map_err(|_| WebError::BadRequest)?;
        } else if field.name() == Some("file") {
            name = field.file_name().unwrap_or("").to_owned();
            bytes = field.bytes().await.map_err(|_| WebError::too_large())?.to_vec();
        }
    }
    Ok((layout, name, bytes))
}

/// Closes a difference with what was decided, and why.
pub async fn close(State(app): State<AppState>, signed: Signed, Form(t): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Accountant])?;
    let (Ok(statement), Ok(number)) = (t.statement.parse::<FileHash>(), t.number.parse::<i64>()) else {
        return Err(WebError::BadRequest);
    };
    let remedy = match t.remedy.as_str() {
        "book" => Remedy::Book { code: t.code.clone() },
        "charge_back" => Remedy::ChargeBack,
        _ => Remedy::Note,
    };
    let done = app
        .office
        .close_difference(&signed.actor, statement, number, &remedy, &t.reason)
        .await;
    match done {
        Ok(()) => Ok(Redirect::to("/ke-toan/doi-soat").into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ OfficeError::Refused(_)) => {
            let problem = Some(view::office_error(signed.visitor.words(), &e));
            let wrong = Wrong {
                problem,
                typed: t,
                ..Wrong::default()
            };
            let html = render(&app, &signed, &Asked::default(), wrong).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
