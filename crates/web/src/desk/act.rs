//! What an officer does to a dossier: each posts the version that the page showed; what does not go through keeps what
//! was typed.

use super::OFFICERS;
use super::dossier::{Failed, render};
use super::typed::{OTHER, Typed};
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use crate::term::read_day;
use crate::view;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::{Dossier, Lack, Outcome, Refusal};
use motcua_model::form::Raw;
use motcua_model::id::DossierId;
use motcua_office::error::OfficeError;
use motcua_words::Words;

pub async fn act(
    State(app): State<AppState>,
    signed: Signed,
    Path((id, action)): Path<(DossierId, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let raw = Raw::from_pairs(pairs);
    let seen: u64 = raw.get("seen").parse().map_err(|_| WebError::BadRequest)?;
    let typed = Typed::read(&raw);
    let (office, actor) = (&app.office, &signed.actor);
    let w = signed.visitor.words();
    if let Some(said) = unreadable(w, &action, &typed) {
        let failed = Failed {
            said: said.to_owned(),
            action,
            typed,
            seen,
            problems: Vec::new(),
        };
        let html = render(&app, &signed, id, Some(failed)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    }
    let done = match action.as_str() {
        "tiep-nhan" => office.accept(actor, id, seen).await,
        "tu-choi" => office.refuse(actor, id, seen, typed.whole_reason()).await,
        "bo-sung" => {
            let named = named(&app, &signed, id, &typed.lacks).await?;
            office.request_supplement(actor, id, seen, named).await
        }
        "chuyen" => office.forward(actor, id, seen, typed.note.clone()).await,
        "xu-ly" => {
            let outcome = match typed.outcome.as_str() {
                "granted" => Some(Outcome::Granted),
                "denied" => Some(Outcome::Denied),
                _ => None,
            };
            office
                .finish_step_with(
                    actor,
                    id,
                    seen,
                    outcome.map(|o| (o, typed.text.clone())),
                    &typed.raw,
                    typed.note.clone(),
                )
                .await
        }
        "tra-lai" => office.send_back(actor, id, seen, typed.whole_reason()).await,
        "duyet" => office.approve(actor, id, seen).await,
        "thu-tien" => office.take_cash(actor, id, seen).await,
        "giao" => {
            let to = typed.to.parse().map_err(|_| WebError::BadRequest)?;
            office.assign(actor, id, seen, to, typed.reason.clone()).await
        }
        "gia-han" => {
            let days = typed.days.trim().parse().unwrap_or(0);
            office.extend(actor, id, seen, days, typed.whole_reason()).await
        }
        "xin-loi" => {
            let date = read_day(&typed.date).ok_or(WebError::BadRequest)?;
            office.apologise(actor, id, seen, date, typed.whole_reason()).await
        }
        "cho-nop" => {
            let amount = amount(&typed.amount).ok_or(WebError::BadRequest)?;
            office.ask_payment(actor, id, seen, amount, typed.what.clone()).await
        }
        "da-nop" => office.confirm_payment(actor, id, seen, typed.reference.clone()).await,
        super::opinion::GO_ON => {
            let ask = raw.get("ask").to_owned();
            office.go_on_without(actor, id, seen, ask, typed.whole_reason()).await
        }
        "nhan-viec" => office.take(actor, id, seen).await,
        "doi-chieu" => {
            let paper = raw.get("paper").parse().map_err(|_| WebError::BadRequest)?;
            office.compare_paper(actor, id, seen, paper).await
        }
        "ky-lai" => office.sign_again(actor, id, seen).await,
        "thu-hoi" => office.revoke_result(actor, id, seen, typed.whole_reason()).await,
        "thay-ket-qua" => {
            office
                .replace_result(actor, id, seen, typed.text.clone(), typed.whole_reason())
                .await
        }
        "huy-bo" => office.annul(actor, id, seen, typed.whole_reason()).await,
        "dung" => office.stop(actor, id, seen, typed.whole_reason()).await,
        _ => return Err(WebError::NotFound),
    };
    answer(&app, &signed, id, (action, typed, seen), done).await
}

/// The page again after something was done; where it did not go through, with what was typed and why.
pub(super) async fn answer(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    (action, typed, seen): (String, Typed, u64),
    done: Result<Dossier, OfficeError>,
) -> Result<Response, WebError> {
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/ban/ho-so/{id}")).into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotFound | Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ (OfficeError::Refused(_) | OfficeError::Problems(_) | OfficeError::Paper(_))) => {
            let said = view::office_error(signed.visitor.words(), &e);
            let problems = match &e {
                OfficeError::Problems(problems) => problems.clone(),
                _ => Vec::new(),
            };
            let failed = Failed {
                said,
                action,
                typed,
                seen,
                problems,
            };
            let html = render(app, signed, id, Some(failed)).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

/// An amount in VND; an empty box is none.
fn amount(typed: &str) -> Option<u64> {
    let digits: String = typed.chars().filter(|c| !matches!(c, '.' | ',' | ' ')).collect();
    if digits.is_empty() { Some(0) } else { digits.parse().ok() }
}

/// What is wrong with a number or a date that was typed.
fn unreadable(w: Words, action: &str, typed: &Typed) -> Option<&'static str> {
    match action {
        "gia-han" if typed.days.trim().parse::<u32>().is_err() => Some(w.clock_bad_number()),
        "xin-loi" if read_day(&typed.date).is_none() => Some(w.clock_bad_date()),
        "cho-nop" if amount(&typed.amount).is_none() => Some(w.clock_bad_number()),
        _ => None,
    }
}

/// What lacks, with the names that the person reads.
async fn named(app: &AppState, signed: &Signed, id: DossierId, lacks: &[(String, String)]) -> Result<Vec<Lack>, WebError> {
    let dossier = app.office.glance(&signed.actor, id).await?.dossier;
    let procedure = app
        .office
        .catalogue()
        .procedure(&dossier.procedure)
        .ok_or(WebError::NotFound)?;
    let other = motcua_words::Words(motcua_words::Lang::Vi).desk_ask_other();
    let lack = |(about, reason): &(String, String)| {
        let reason = reason.clone();
        if about == OTHER {
            return Some(Lack {
                about: String::new(),
                label: other.to_owned(),
                reason,
            });
        }
        let field = procedure.form.field(about).map(|f| f.label.vi.clone());
        let label = field.or_else(|| procedure.form.paper(about).map(|p| p.label.vi.clone()))?;
        Some(Lack {
            about: about.clone(),
            label,
            reason,
        })
    };
    Ok(lacks.iter().filter_map(lack).collect())
}
