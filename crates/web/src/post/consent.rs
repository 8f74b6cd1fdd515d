//! `/buu-dien/dong-y/ID`: the person agrees that this office files this service for her, in one of several ways; the slip of
//! it; taking it back.

use super::{CLERKS, POST};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::limit;
use crate::portal::draft::first_step;
use crate::portal::print::headers;
use crate::session::Signed;
use crate::upload;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::consent::{Assisted, ConsentState, ConsentWay};
use motcua_model::dossier::Refusal;
use motcua_model::id::DossierId;
use motcua_model::identifier::Phone;
use motcua_office::OfficeError;
use motcua_office::assisted::{Agreed, ConsentProblem};
use motcua_words::Words;
use serde::Deserialize;

/// What was typed, to be shown again.
#[derive(Default)]
struct Typed {
    way: String,
    number: String,
    witness_name: String,
    witness_id: String,
}

/// What is said of a consent on a page and on its slip.
pub(crate) struct Said {
    /// Who, what, where, as a sentence that she agrees to.
    pub text: String,
    /// Where it stands.
    pub state: ConsentState,
    /// How, by whom and when she agreed; empty before.
    pub given: String,
    /// That she took it back; empty where she did not.
    pub revoked: String,
    /// The service.
    pub service: String,
    /// The office.
    pub office: String,
}

/// Says a consent. The number of her card is shown whole only until the dossier is filed.
pub(crate) fn say(app: &AppState, w: Words, a: &Assisted) -> Said {
    let service = app.office.catalogue().service(&a.procedure);
    let service = service.map_or_else(|| a.procedure.0.clone(), |s| s.sheet.name.get(w.0).to_owned());
    let office = agency_name(app, &a.office, w.0);
    let (name, id) = if matches!(a.state, ConsentState::Asked | ConsentState::Given) {
        (a.bearer.name.clone(), a.bearer.person_id.clone())
    } else {
        (super::mask::name(&a.bearer.name), a.bearer.masked_id())
    };
    Said {
        text: w.assisted_text(&id, &name, &office, &service),
        state: a.state,
        given: a.consent.as_ref().map_or_else(String::new, |c| {
            let how = match c.way {
                ConsentWay::Signature => w.assisted_by_signature().to_owned(),
                ConsentWay::Paper => w.assisted_by_paper().to_owned(),
                ConsentWay::Code => w.assisted_by_code().to_owned(),
                ConsentWay::Witness => w.assisted_by_witness(c.witness.as_ref().map_or("", |seen| seen.name.as_str())),
            };
            w.assisted_given(&c.clerk, how, view::moment(w, c.at))
        }),
        revoked: a.revoked.as_ref().map_or_else(String::new, |r| {
            let line = w.assisted_revoked(&r.by, view::moment(w, r.at));
            if r.reason.is_empty() {
                line
            } else {
                format!("{line} {}", r.reason)
            }
        }),
        service,
        office,
    }
}

#[derive(Template)]
#[template(path = "post/consent.html")]
struct ConsentPage {
    page: Page,
    id: DossierId,
    a: Assisted,
    said: Said,
    on: String,
    phone: String,
    code_sent: bool,
    code_locked: bool,
    has_proof: bool,
    here: bool,
    t: Typed,
    problem: Option<String>,
}

async fn render(app: &AppState, signed: &Signed, id: DossierId, t: Typed, problem: Option<String>) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, POST);
    let (a, code) = app.office.consent(&signed.actor, id).await?;
    let view = ConsentPage {
        said: say(app, page.w, &a),
        on: format!("{}?hoi=", first_step(app, &a.procedure, id)),
        phone: Phone::parse(&a.phone).map_or_else(|_| String::new(), |p| p.national()),
        code_sent: code.sent > 0,
        code_locked: code.is_locked(),
        has_proof: a.state == ConsentState::Given && a.consent.as_ref().is_some_and(|c| c.proof.is_some()),
        here: signed.actor.agency.as_ref() == Some(&a.office),
        id,
        a,
        t,
        page,
        problem,
    };
    let status = if view.problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(view.render()?)).into_response())
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    render(&app, &signed, id, Typed::default(), None).await
}

/// Notes that she agreed, and goes on to the form.
pub async fn give(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    form: Multipart,
) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    limit::check(&app.limits.upload, &signed.actor.account.to_string())?;
    // Asked before anything is received.
    let (asked, _) = app.office.consent(&signed.actor, id).await?;
    let (raw, files) = upload::read(&app, form).await?;
    let text = |name: &str| raw.get(name).to_owned();
    let t = Typed {
        way: text("way"),
        number: text("number"),
        witness_name: text("witness_name"),
        witness_id: text("witness_id"),
    };
    let wanted = if t.way == ConsentWay::Witness.as_str() {
        "thumbprint"
    } else {
        "signature"
    };
    let mut proof = None;
    for (kind, _, file) in files {
        if kind == wanted && proof.is_none() {
            proof = Some(file);
        } else {
            file.discard().await.map_err(OfficeError::from)?;
        }
    }
    let agreed = Agreed {
        way: t.way.clone(),
        number: t.number.clone(),
        code: text("code"),
        witness_name: t.witness_name.clone(),
        witness_id: t.witness_id.clone(),
        proof,
    };
    match app.office.give_consent(&signed.actor, id, agreed).await {
        Ok(Ok(())) => Ok(Redirect::to(&format!("{}?hoi=", first_step(&app, &asked.procedure, id))).into_response()),
        Ok(Err(problem)) => {
            let said = problem_said(signed.visitor.words(), problem).to_owned();
            render(&app, &signed, id, t, Some(said)).await
        }
        // Pressed twice: it is given.
        Err(OfficeError::Refused(Refusal::Overtaken)) => Ok(Redirect::to(&format!("/buu-dien/dong-y/{id}")).into_response()),
        Err(e) => Err(e.into()),
    }
}

fn problem_said(w: Words, problem: ConsentProblem) -> &'static str {
    match problem {
        ConsentProblem::Way => w.assisted_choose_way(),
        ConsentProblem::NoSignature => w.assisted_no_signature(),
        ConsentProblem::Proof => w.assisted_bad_proof(),
        ConsentProblem::Number => w.assisted_wrong_number(),
        ConsentProblem::Code => w.assisted_wrong_code(),
        ConsentProblem::CodeOld => w.assisted_code_old(),
        ConsentProblem::CodeLocked => w.assisted_code_locked(),
        ConsentProblem::NoPhone => w.assisted_no_phone(),
        ConsentProblem::WitnessName => w.assisted_bad_witness(),
        ConsentProblem::WitnessId => w.assisted_bad_witness_id(),
        ConsentProblem::WitnessIsHer => w.assisted_witness_is_her(),
        ConsentProblem::NoThumbprint => w.assisted_no_thumbprint(),
    }
}

pub async fn send_code(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    limit::check(&app.limits.code, &format!("consent {id}"))?;
    let t = Typed {
        way: ConsentWay::Code.as_str().to_owned(),
        ..Typed::default()
    };
    match app.office.send_consent_code(&signed.actor, id).await? {
        Ok(()) => Ok(Redirect::to(&format!("/buu-dien/dong-y/{id}#code")).into_response()),
        Err(problem) => {
            let said = problem_said(signed.visitor.words(), problem).to_owned();
            render(&app, &signed, id, t, Some(said)).await
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Reason {
    reason: String,
}

pub async fn revoke(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(f): Form<Reason>,
) -> Result<Redirect, WebError> {
    let signed = signed.only(CLERKS)?;
    // Seen by who files it only; a stranger's is not there.
    app.office.consent(&signed.actor, id).await?;
    app.office.revoke_consent(&signed.actor, id, &f.reason).await?;
    Ok(Redirect::to(&format!("/buu-dien/dong-y/{id}")))
}

#[derive(Template)]
#[template(path = "post/consent_slip.html")]
struct SlipPage {
    page: Page,
    id: DossierId,
    number: String,
    said: Said,
    hotline: String,
    day: String,
}

/// The slip that is signed on paper, or kept by the person.
pub async fn slip(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(CLERKS)?;
    let page = Page::new(&signed.visitor, POST);
    let (a, _) = app.office.consent(&signed.actor, id).await?;
    let view = SlipPage {
        said: say(&app, page.w, &a),
        number: a.number,
        hotline: page.hotline.clone(),
        day: view::day(page.w, app.office.now()),
        id,
        page,
    };
    Ok(Html(view.render()?))
}

/// The signature, or the picture of the thumbprinted slip, until the dossier is filed.
pub async fn proof(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    let (kind, bytes) = app.office.consent_proof(&signed.actor, id).await?;
    Ok((headers(&kind, "dong-y"), bytes).into_response())
}
