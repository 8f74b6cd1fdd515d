//! `/thu-tuc/CODE/hoi`: the questions before the form, one a page; who cannot use the service is told what to do instead.
//! The answers are in the address: nothing is kept, and a page back is the question before.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Visitor;
use crate::view;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use motcua_model::form::Eligibility;
use motcua_model::id::ProcedureCode;
use serde::Deserialize;

/// Most questions that are followed: more are not in a form.
const MOST: usize = 50;

#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tl: String,
    #[serde(default)]
    chon: String,
}

#[derive(Template)]
#[template(path = "portal/eligible.html")]
struct Eligible {
    page: Page,
    code: ProcedureCode,
    name: String,
    given: String,
    back: Option<String>,
    question: String,
    answers: Vec<String>,
    refused: String,
    instead: Option<(ProcedureCode, String)>,
}

pub async fn show(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let catalogue = app.office.catalogue();
    let code = ProcedureCode(code);
    if let Some(now) = catalogue.renamed(&code) {
        let answered = if asked.tl.is_empty() && asked.chon.is_empty() {
            String::new()
        } else {
            format!("?tl={}&chon={}", view::encode(&asked.tl), view::encode(&asked.chon))
        };
        return Ok(super::catalogue::moved(&format!("/thu-tuc/{now}/hoi{answered}")));
    }
    let procedure = catalogue.procedure(&code).ok_or(WebError::NotFound)?;
    let page = Page::new(&visitor, "portal");
    let (w, lang) = (page.w, page.w.0);
    let number = |s: &str| s.parse::<usize>().ok();
    let before: Vec<usize> = asked.tl.split('.').filter_map(number).take(MOST).collect();
    let given: Vec<usize> = before.iter().copied().chain(number(&asked.chon)).collect();
    let path = |given: &[usize]| given.iter().map(usize::to_string).collect::<Vec<_>>().join(".");
    let (mut question, mut answers, mut refused, mut instead) = (String::new(), Vec::new(), String::new(), None);
    match procedure.form.eligibility(&given) {
        Eligibility::Ask(q) => {
            question = q.ask.get(lang).to_owned();
            answers = q.answers.iter().map(|a| a.label.get(lang).to_owned()).collect();
            if answers.is_empty() {
                answers = vec![w.eligible_yes().to_owned(), w.eligible_no().to_owned()];
            }
        }
        Eligibility::Refused(why, other) => {
            refused = why.get(lang).to_owned();
            instead = other
                .and_then(|code| catalogue.service(code))
                .map(|s| (s.sheet.code.clone(), s.sheet.name.get(lang).to_owned()));
        }
        Eligibility::Form => {}
    }
    let view = Eligible {
        name: procedure.sheet.name.get(lang).to_owned(),
        back: given.split_last().map(|(_, before)| path(before)),
        given: path(&given),
        code,
        question,
        answers,
        refused,
        instead,
        page,
    };
    Ok(Html(view.render()?).into_response())
}
