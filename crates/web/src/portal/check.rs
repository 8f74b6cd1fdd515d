//! `/kiem-tra`: is this paper real? By the code that stands on it, or by the file itself.
//!
//! `/kiem-tra/CODE` is where the QR of every paper leads. Neither says anything of the person.

use crate::AppState;
use crate::app::{Page, agency_name};
use crate::client::ClientAddress;
use crate::error::WebError;
use crate::limit;
use crate::session::Visitor;
use crate::sign::SignatureLine;
use crate::upload;
use crate::view;
use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::{Dossier, Former, Refusal, SignatureVerdict, parse_code};
use motcua_office::check::{Checked, Seen, Standing};
use motcua_office::error::{OfficeError, PaperProblem};
use motcua_words::Words;
use serde::Deserialize;

/// Code as it was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    code: String,
}

/// A result that the file is, or was.
struct Known {
    code: String,
    service: String,
    agency: String,
    approved: String,
    by: String,
}

/// What is said of a file.
struct Said {
    good: bool,
    head: &'static str,
    text: String,
    /// The dossier it belongs to.
    known: Option<Known>,
    /// The signatures in it.
    signatures: Vec<SignatureLine>,
    /// Whether it is a result that holds and carries no signature.
    unsigned: bool,
    /// Whether something stands behind the last signature.
    appended: bool,
}

impl Said {
    fn bad(head: &'static str, text: String) -> Self {
        Self {
            good: false,
            head,
            text,
            known: None,
            signatures: Vec::new(),
            unsigned: false,
            appended: false,
        }
    }
}

/// Says what a file is; none for one of which nothing is known.
fn said(app: &AppState, w: Words, checked: &Checked) -> Option<Said> {
    match checked {
        Checked::Ours { dossier: d, standing } => {
            let result = d.result.as_ref();
            let base = match standing {
                Standing::Valid => Said {
                    good: true,
                    signatures: result.map_or_else(Vec::new, |r| SignatureLine::all(w, &r.signatures)),
                    unsigned: result.is_some_and(|r| r.signatures.is_empty()),
                    ..Said::bad(w.check_valid(), w.check_valid_text().to_owned())
                },
                Standing::Revoked(at) => Said::bad(w.sign_check_revoked(), w.sign_check_revoked_text(view::moment(w, *at))),
                Standing::Replaced(at) => Said::bad(w.sign_check_replaced(), w.sign_check_replaced_text(view::moment(w, *at))),
                Standing::Unsigned => Said::bad(w.sign_check_draft(), w.sign_check_draft_text().to_owned()),
            };
            Some(Said {
                known: result.map(|r| Known {
                    service: service_name(app, w, d),
                    agency: agency_name(app, &d.agency, w.0),
                    approved: view::moment(w, r.at),
                    by: r.by.clone(),
                    code: d.code.0.clone(),
                }),
                ..base
            })
        }
        Checked::Extended { dossier: d } => Some(Said {
            known: d.result.as_ref().map(|r| Known {
                service: service_name(app, w, d),
                agency: agency_name(app, &d.agency, w.0),
                approved: view::moment(w, r.at),
                by: r.by.clone(),
                code: d.code.0.clone(),
            }),
            ..Said::bad(w.sign_check_extended(), w.sign_check_extended_text().to_owned())
        }),
        Checked::Signed { signatures, whole } => {
            let changed = signatures.iter().any(|s| s.verdict == SignatureVerdict::Changed);
            let base = if changed {
                Said::bad(w.sign_check_changed(), w.sign_check_changed_text().to_owned())
            } else {
                Said::bad(w.sign_check_elsewhere(), w.sign_check_elsewhere_text().to_owned())
            };
            Some(Said {
                signatures: SignatureLine::all(w, signatures),
                appended: !whole,
                ..base
            })
        }
        Checked::Unknown => None,
    }
}

/// How the result of a dossier stands, for who typed its code; empty before it was given.
fn result_now(w: Words, d: &Dossier) -> String {
    let (Some(r), Some(given)) = (&d.result, &d.returned) else {
        return String::new();
    };
    let replaced = d.former_results.iter().rfind(|f| f.why == Former::Replaced);
    match (&r.revoked, replaced) {
        (Some(v), _) => w.sign_check_now_revoked(view::day(w, v.at)),
        (None, Some(f)) => w.sign_check_now_replaced(view::day(w, f.until)),
        (None, None) => w.sign_check_now_valid(view::day(w, given.at)),
    }
}

#[derive(Template)]
#[template(path = "portal/check_ask.html")]
struct AskPage {
    page: Page,
    code: String,
    code_problem: &'static str,
    file_problem: String,
    said: Option<Said>,
    unknown: bool,
}

impl AskPage {
    fn new(visitor: &Visitor) -> Self {
        Self {
            page: Page::new(visitor, "portal"),
            code: String::new(),
            code_problem: "",
            file_problem: String::new(),
            said: None,
            unknown: false,
        }
    }

    fn answer(self, status: StatusCode) -> Result<Response, WebError> {
        Ok((status, Html(self.render()?)).into_response())
    }
}

#[derive(Template)]
#[template(path = "portal/check.html")]
struct Check {
    page: Page,
    code: String,
    agency: String,
    service: String,
    day: String,
    status: &'static str,
    result: String,
}

/// Name of a dossier's service; empty where the catalogue does not know it any more.
fn service_name(app: &AppState, w: Words, d: &Dossier) -> String {
    app.office
        .catalogue()
        .service(&d.procedure)
        .map_or_else(String::new, |s| s.sheet.name.get(w.0).to_owned())
}

pub async fn show(State(app): State<AppState>, visitor: Visitor, Path(code): Path<String>) -> Result<Html<String>, WebError> {
    let d = app.office.check_code(&code).await?;
    let page = Page::new(&visitor, "portal");
    let w = page.w;
    let view = Check {
        agency: agency_name(&app, &d.agency, w.0),
        service: service_name(&app, w, &d),
        day: view::day(w, d.filed_at),
        status: view::status(w, d.status.as_str()),
        result: result_now(w, &d),
        code: d.code.0,
        page,
    };
    Ok(Html(view.render()?))
}

/// The page with its two questions; a code that was typed leads to where its QR leads.
pub async fn ask(
    State(app): State<AppState>,
    visitor: Visitor,
    client: ClientAddress,
    Query(typed): Query<Typed>,
) -> Result<Response, WebError> {
    let mut view = AskPage::new(&visitor);
    if typed.code.trim().is_empty() {
        return view.answer(StatusCode::OK);
    }
    limit::check(&app.limits.check, &client.0.to_string())?;
    let w = view.page.w;
    view.code_problem = match parse_code(&typed.code) {
        None => w.check_code_wrong(),
        Some(code) => match app.office.check_code(code.as_str()).await {
            Ok(d) => return Ok(Redirect::to(&format!("/kiem-tra/{}", d.code)).into_response()),
            Err(OfficeError::Refused(Refusal::NotFound)) => w.check_code_unknown(),
            Err(e) => return Err(e.into()),
        },
    };
    view.code = typed.code.chars().take(60).collect();
    view.answer(StatusCode::UNPROCESSABLE_ENTITY)
}

/// A file is looked at as it comes; nothing of it is kept.
pub async fn file(
    State(app): State<AppState>,
    visitor: Visitor,
    client: ClientAddress,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, WebError> {
    limit::check(&app.limits.check, &client.0.to_string())?;
    let seen = look(form.map_err(|_| WebError::BadRequest)?).await?;
    let mut view = AskPage::new(&visitor);
    let w = view.page.w;
    let Some(seen) = seen else {
        view.file_problem = w.check_file_missing().to_owned();
        return view.answer(StatusCode::UNPROCESSABLE_ENTITY);
    };
    match app.office.check_file(seen).await {
        Ok(checked) => {
            view.said = said(&app, w, &checked);
            view.unknown = view.said.is_none();
            view.answer(StatusCode::OK)
        }
        Err(OfficeError::Paper(problem)) => {
            view.file_problem = match problem {
                PaperProblem::WrongType => w.check_file_type().to_owned(),
                PaperProblem::Encrypted => w.check_file_encrypted().to_owned(),
                problem => view::office_error(w, &OfficeError::Paper(problem)),
            };
            view.answer(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(e) => Err(e.into()),
    }
}

/// Reads the first file of a form; none when none was chosen.
async fn look(mut form: Multipart) -> Result<Option<Seen>, WebError> {
    while let Some(mut field) = form.next_field().await.map_err(upload::cut)? {
        if field.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let mut seen = Seen::default();
        while let Some(chunk) = field.chunk().await.map_err(upload::cut)? {
            seen.add(&chunk).map_err(OfficeError::from)?;
        }
        return Ok(Some(seen));
    }
    Ok(None)
}
