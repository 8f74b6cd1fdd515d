//! `/quan-tri/danh-muc/dung-nhan`: a service takes no new requests from a day on, or takes them again; one form that writes
//! the change and sends it to the second person.

use super::ADMINISTRATORS;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Date;
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::{Closed, Text};
use motcua_model::publication::REASON_MAX;
use motcua_office::error::OfficeError;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "admin/publication/close.html")]
struct ClosePage {
    page: Page,
    /// Code and name of every service that is filed here.
    services: Vec<(String, String)>,
    /// Those that are closed: code, name, what is said of it.
    closed: Vec<(String, String, String)>,
    typed: Typed,
    today: String,
    problem: String,
    wrong: &'static str,
}

/// What was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    ma: String,
    tu: String,
    den: String,
    vi_sao: String,
    vi_sao_en: String,
    /// Set by the button that opens a service again.
    mo: String,
}

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    ma: String,
}

fn render(app: &AppState, signed: &Signed, typed: Typed, problem: String, wrong: &'static str) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let (w, lang) = (page.w, page.w.0);
    let catalogue = app.office.catalogue();
    let whole = catalogue.services().iter().filter(|s| s.whole);
    let today = app.office.today();
    let said = |c: &Closed| crate::closed::said(w, c, today).unwrap_or_default();
    let view = ClosePage {
        services: whole
            .map(|s| (s.sheet.code.0.clone(), s.sheet.name.get(lang).to_owned()))
            .collect(),
        closed: app
            .office
            .closings()
            .iter()
            .map(|c| (c.code.0.clone(), c.name.get(lang).to_owned(), said(&c.closed)))
            .collect(),
        today: today.to_string(),
        typed,
        problem,
        wrong,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let typed = Typed {
        ma: asked.ma.chars().filter(|c| !c.is_control()).take(40).collect(),
        ..Typed::default()
    };
    Ok(Html(render(&app, &signed, typed, String::new(), "")?))
}

/// A day as a browser sends it; none where nothing was typed.
fn day(typed: &str) -> Result<Option<Date>, ()> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| ()),
    }
}

/// What is asked for, or the input that is wrong.
fn read(typed: &Typed) -> Result<Option<Closed>, &'static str> {
    if !typed.mo.is_empty() {
        return Ok(None);
    }
    let from = day(&typed.tu).ok().flatten().ok_or("tu")?;
    let until = day(&typed.den).map_err(|()| "den")?;
    if until.is_some_and(|until| until < from) {
        return Err("den");
    }
    let text = |typed: &str| motcua_model::text::clean_text(typed.trim(), REASON_MAX).ok();
    let vi = text(&typed.vi_sao).filter(|t| !t.is_empty()).ok_or("vi_sao")?;
    let en = text(&typed.vi_sao_en).unwrap_or_default();
    Ok(Some(Closed {
        from,
        until,
        reason: Text { vi, en },
    }))
}

pub async fn send(State(app): State<AppState>, signed: Signed, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let w = signed.visitor.words();
    let closed = match read(&typed) {
        Ok(closed) => closed,
        Err(wrong) => {
            let problem = match wrong {
                "tu" => w.closed_needs_day(),
                "den" => w.closed_wrong_end(),
                _ => w.closed_needs_reason(),
            };
            let html = render(&app, &signed, typed, problem.to_owned(), wrong)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
        }
    };
    let code = ProcedureCode::from(typed.ma.trim());
    let name = app
        .office
        .catalogue()
        .service(&code)
        .filter(|s| s.whole)
        .map(|s| s.sheet.name.vi.clone());
    let Some(name) = name else {
        let html = render(&app, &signed, typed, w.closed_no_service().to_owned(), "ma")?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    };
    let reason = match &closed {
        Some(closed) => w.closed_publication(view::date(closed.from), &name, &closed.reason.vi),
        None => w.closed_publication_open(&name),
    };
    let reason: String = reason.chars().take(REASON_MAX).collect();
    match app.office.close_service(&signed.actor, &code, closed.as_ref(), &reason).await {
        Ok(id) => Ok(Redirect::to(&format!("/quan-tri/danh-muc/{id}")).into_response()),
        Err(e @ OfficeError::Publication(_)) => {
            let problem = view::office_error(w, &e);
            let html = render(&app, &signed, typed, problem, "")?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
