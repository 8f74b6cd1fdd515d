//! `/ke-toan/quy`: counting the tills at the end of the day.

use super::{KEEPERS, MONEY, choose, chosen, typed_amount, words};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::dossier::Refusal;
use motcua_model::id::AgencyCode;
use motcua_office::OfficeError;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "co-quan")]
    agency: String,
    xong: String,
}

/// What was counted.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    #[serde(rename = "co-quan")]
    agency: String,
    till: String,
    expected: String,
    counted: String,
    note: String,
}

struct TillLine {
    account: String,
    name: String,
    balance: i64,
    shown: String,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "money/till.html")]
struct TillPage {
    page: Page,
    agency: String,
    code: String,
    tills: Vec<TillLine>,
    closes: bool,
    done: bool,
    problem: Option<String>,
}

async fn render(
    app: &AppState,
    signed: &Signed,
    agency: &AgencyCode,
    done: bool,
    wrong: Option<(String, Typed)>,
) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, MONEY);
    let w = page.w;
    let tills = app.office.tills(&signed.actor, agency).await?;
    let (problem, typed) = wrong.map_or((None, Typed::default()), |(p, t)| (Some(p), t));
    let view = TillPage {
        agency: agency_name(app, agency, w.0),
        code: agency.0.clone(),
        tills: tills
            .into_iter()
            .map(|t| TillLine {
                name: words::account(app, w, &t.account),
                shown: words::signed(w, t.balance),
                balance: t.balance,
                typed: if typed.till == t.account {
                    typed.clone()
                } else {
                    Typed::default()
                },
                account: t.account,
            })
            .collect(),
        closes: signed.actor.role == Role::Accountant,
        done,
        problem,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let Some(agency) = chosen(&signed, &asked.agency) else {
        let title = signed.visitor.words().money_till();
        return choose(&app, &signed, title, "/ke-toan/quy").await;
    };
    let html = render(&app, &signed, &agency, asked.xong == "1", None).await?;
    Ok(Html(html).into_response())
}

pub async fn close(State(app): State<AppState>, signed: Signed, Form(t): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Accountant])?;
    let agency = chosen(&signed, &t.agency).ok_or(WebError::BadRequest)?;
    let Some(counted) = typed_amount(&t.counted) else {
        let said = signed.visitor.words().money_bad_amount().to_owned();
        let html = render(&app, &signed, &agency, false, Some((said, t))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    };
    let expected = t.expected.parse().map_err(|_| WebError::BadRequest)?;
    let done = app
        .office
        .close_till(&signed.actor, &agency, &t.till, expected, counted, &t.note)
        .await;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/ke-toan/quy?co-quan={agency}&xong=1")).into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotPermitted | Refusal::NotFound)) => Err(e.into()),
        Err(e @ OfficeError::Refused(_)) => {
            let said = view::office_error(signed.visitor.words(), &e);
            let html = render(&app, &signed, &agency, false, Some((said, t))).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
