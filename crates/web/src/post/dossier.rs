//! `/buu-dien/ho-so/ID`: one dossier that was filed here: where it stands, the slip, the cash.

use super::consent::{Said, say};
use super::{CLERKS, POST, mask};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::portal::dossier::{Standing, standing};
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::{Dossier, Refusal, Status};
use motcua_model::id::DossierId;
use motcua_office::OfficeError;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "post/dossier.html")]
struct DossierPage {
    page: Page,
    d: Dossier,
    standing: Standing,
    applicant: String,
    can_cash: bool,
    fee_due: String,
    payments: Vec<(String, &'static str, String)>,
    /// What is wrong with papers on their way: what, in which bag, in whose hands last.
    alarms: Vec<(&'static str, String, String)>,
    consent: Option<Said>,
    problem: String,
}

async fn render(app: &AppState, signed: &Signed, id: DossierId, problem: String) -> Result<String, WebError> {
    let d = app.office.my_dossier(&signed.actor, id).await?;
    let page = Page::new(&signed.visitor, POST);
    let w = page.w;
    let dropped = matches!(
        d.status,
        Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled
    );
    let view = DossierPage {
        standing: standing(app, w, &d, false),
        applicant: mask::name(&d.applicant.name),
        can_cash: d.fee_due() > 0 && !dropped,
        fee_due: if d.fee_due() == 0 {
            String::new()
        } else {
            view::money(w, d.fee_due())
        },
        payments: d
            .payments
            .iter()
            .map(|p| (view::money(w, p.amount), view::method(w, p.method), p.receipt.clone()))
            .collect(),
        alarms: crate::custody::alarms(app, w, id).await?,
        consent: match app.office.consent(&signed.actor, id).await {
            Ok((a, _)) => Some(say(app, w, &a)),
            // Filed before the person was asked in this way.
            Err(OfficeError::Refused(Refusal::NotFound)) => None,
            Err(e) => return Err(e.into()),
        },
        problem,
        page,
        d,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(CLERKS)?;
    Ok(Html(render(&app, &signed, id, String::new()).await?))
}

/// The version that the page showed.
#[derive(Deserialize)]
pub struct Seen {
    seen: u64,
}

/// Takes the fee in cash; when somebody was faster, the page says so and shows what is.
pub async fn take_cash(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(form): Form<Seen>,
) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    match app.office.take_cash(&signed.actor, id, form.seen).await {
        Ok(_) => Ok(Redirect::to(&format!("/buu-dien/ho-so/{id}")).into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotFound | Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ OfficeError::Refused(_)) => {
            let html = render(&app, &signed, id, view::office_error(signed.visitor.words(), &e)).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
