//! `/ke-toan/tien-la`: transfers without a reference of ours; the province's accountant finds out whose they are.

use super::MONEY;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::dossier::Refusal;
use motcua_office::OfficeError;
use serde::Deserialize;

/// What was decided about one transfer.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    number: String,
    code: String,
    reason: String,
    way: String,
}

struct Line {
    number: String,
    amount: String,
    content: String,
    when: String,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "money/unknown.html")]
struct UnknownPage {
    page: Page,
    lines: Vec<Line>,
    problem: Option<String>,
}

async fn render(app: &AppState, signed: &Signed, wrong: Option<(String, Typed)>) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, MONEY);
    let w = page.w;
    let (problem, typed) = wrong.map_or((None, Typed::default()), |(p, t)| (Some(p), t));
    let lines = app.office.unknown_money(&signed.actor).await?;
    let view = UnknownPage {
        lines: lines
            .into_iter()
            .map(|n| Line {
                amount: view::money(w, n.amount),
                content: n.content,
                when: view::short(n.at),
                typed: if typed.number == n.number {
                    typed.clone()
                } else {
                    Typed::default()
                },
                number: n.number,
            })
            .collect(),
        problem,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Accountant])?;
    Ok(Html(render(&app, &signed, None).await?))
}

pub async fn clear(State(app): State<AppState>, signed: Signed, Form(t): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Accountant])?;
    let done = if t.way == "return" {
        app.office.return_unknown(&signed.actor, &t.number, &t.reason).await
    } else {
        app.office.assign_unknown(&signed.actor, &t.number, &t.code, &t.reason).await
    };
    match done {
        Ok(()) => Ok(Redirect::to("/ke-toan/tien-la").into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ OfficeError::Refused(_)) => {
            let said = view::office_error(signed.visitor.words(), &e);
            let html = render(&app, &signed, Some((said, t))).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
