//! What is done to a change of the catalogue, one address each.

use super::ADMINISTRATORS;
use super::show::{Typed, render};
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Date;
use motcua_model::dossier::Refusal;
use motcua_model::id::PublicationId;
use motcua_office::error::{OfficeError, Result};
use serde::Deserialize;

/// What a step may be given.
#[derive(Deserialize, Default)]
pub struct Given {
    #[serde(default)]
    from: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    seen: u64,
    #[serde(default)]
    tep: String,
}

/// A day as a browser sends it, or as people write it.
fn day(typed: &str) -> Option<Date> {
    let typed = typed.trim();
    typed.parse().ok().or_else(|| {
        let parts: Vec<i16> = typed
            .split(['/', '-', '.'])
            .map(|p| p.trim().parse())
            .collect::<std::result::Result<_, _>>()
            .ok()?;
        let [d, m, y] = parts[..] else { return None };
        Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
    })
}

/// On to the page, or the page again with what is wrong and what was typed.
async fn answer(
    app: &AppState,
    signed: &Signed,
    id: PublicationId,
    done: Result<()>,
    given: Given,
) -> std::result::Result<Response, WebError> {
    let w = signed.visitor.words();
    let (status, problem) = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/quan-tri/danh-muc/{id}")).into_response()),
        Err(e @ OfficeError::Publication(_)) => {
            let problem = view::office_error(w, &e);
            (WebError::from(e).status(), problem)
        }
        Err(OfficeError::Refused(Refusal::Overtaken)) => (StatusCode::CONFLICT, w.publication_overtaken().to_owned()),
        Err(e) => return Err(e.into()),
    };
    let typed = Typed {
        from: given.from,
        why: given.why,
        problem,
    };
    // With today's catalogue: the step may have been refused because it changed.
    let html = render(app, signed, id, typed).await?;
    Ok((status, Html(html)).into_response())
}

pub async fn send(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Form(given): Form<Given>,
) -> std::result::Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let Some(from) = day(&given.from) else {
        let typed = Typed {
            problem: signed.visitor.words().publication_no_day().to_owned(),
            from: given.from,
            why: given.why,
        };
        let html = render(&app, &signed, id, typed).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    };
    let done = app.office.send_publication(&signed.actor, id, from).await;
    answer(&app, &signed, id, done, given).await
}

pub async fn recall(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
) -> std::result::Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let done = app.office.recall_publication(&signed.actor, id).await;
    answer(&app, &signed, id, done, Given::default()).await
}

pub async fn approve(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
) -> std::result::Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let done = app.office.approve_publication(&signed.actor, id).await;
    answer(&app, &signed, id, done, Given::default()).await
}

pub async fn send_back(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Form(given): Form<Given>,
) -> std::result::Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let done = app.office.send_back_publication(&signed.actor, id, &given.why).await;
    answer(&app, &signed, id, done, given).await
}

pub async fn withdraw(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Form(given): Form<Given>,
) -> std::result::Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let done = app.office.withdraw_publication(&signed.actor, id, &given.why).await;
    answer(&app, &signed, id, done, given).await
}

pub async fn drop_file(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Form(given): Form<Given>,
) -> std::result::Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let done = app.office.drop_file(&signed.actor, id, given.seen, &given.tep).await;
    answer(&app, &signed, id, done, given).await
}

pub async fn keep_file(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<PublicationId>,
    Form(given): Form<Given>,
) -> std::result::Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let done = app.office.keep_mine(&signed.actor, id, given.seen, &given.tep).await;
    answer(&app, &signed, id, done, given).await
}

#[cfg(test)]
mod tests {
    use super::day;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_as_browsers_and_as_people_write_it() {
        for typed in ["2020-04-01", "1/4/2020", " 01.04.2020 "] {
            assert_eq!(day(typed), Some(date(2020, 4, 1)), "{typed}");
        }
        for typed in ["", "mai", "31/2/2020", "1/4"] {
            assert_eq!(day(typed), None, "{typed}");
        }
    }
}
