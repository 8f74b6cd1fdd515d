//! `/chuyen-phat`: a postal clerk's delivery round: her stops in her order, and what happened at each.

use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::parcel::{read_place, state};
use crate::session::Signed;
use crate::upload;
use crate::view;
use askama::Template;
use axum::extract::{DefaultBodyLimit, Form, Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, extract::FromRequest};
use motcua_model::actor::Role;
use motcua_model::dossier::{ParcelState, Proof, Refusal, Visit};
use motcua_model::id::DossierId;
use motcua_model::identifier::Phone;
use motcua_office::OfficeError;
use motcua_office::error::PaperProblem;
use motcua_office::post::{Outcome, PICTURE_MAX, ParcelPlace, Stop};
use motcua_words::{Lang, Words};
use serde::Deserialize;

/// Who brings parcels.
const CLERKS: &[Role] = &[Role::PostClerk];

pub(crate) fn router() -> Router<AppState> {
    let pictures = Router::new()
        .route("/chuyen-phat/{id}/xong", post(settle))
        .layer(DefaultBodyLimit::max(2 * PICTURE_MAX as usize + 64 * 1024));
    Router::new()
        .route("/chuyen-phat", get(show))
        .route("/chuyen-phat/{id}/nhan", post(take))
        .route("/chuyen-phat/{id}/len", post(raise))
        .route("/chuyen-phat/{id}/bo", post(leave))
        .merge(pictures)
}

struct Line {
    dossier: DossierId,
    parcel: u32,
    tracking: String,
    name: String,
    phone: String,
    address: String,
    collect: String,
    vnd: u64,
    state: &'static str,
    class: &'static str,
    tries: String,
    receiver: String,
    fetches: bool,
    /// What was typed and did not go through; of other stops what stands there at first.
    typed: Typed,
    /// Whether it was this stop.
    tried: bool,
}

/// What was typed at a stop.
#[derive(Clone, Default)]
struct Typed {
    dossier: Option<DossierId>,
    parcel: u32,
    outcome: String,
    taken_by: String,
    other: bool,
    id_last: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "post/round.html")]
struct RoundPage {
    page: Page,
    stops: Vec<Line>,
    waiting: Vec<Line>,
    /// The next page of those; empty on the last.
    next: String,
    problem: String,
}

/// What is asked for in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// The page begins after this place.
    sau: String,
}

fn line(w: Words, s: Stop, typed: &Typed) -> Line {
    let tried = typed.dossier == Some(s.dossier) && typed.parcel == s.parcel;
    let first = if s.state == ParcelState::OutForDelivery {
        "delivered"
    } else {
        "out"
    };
    Line {
        typed: if tried {
            typed.clone()
        } else {
            Typed {
                outcome: first.to_owned(),
                taken_by: s.name.clone(),
                ..Typed::default()
            }
        },
        tried,
        collect: if s.collect == 0 {
            String::new()
        } else {
            view::money(w, s.collect)
        },
        vnd: s.collect,
        phone: Phone::parse(&s.phone).map_or(s.phone, |p| p.national()),
        state: state(w, s.state.as_str()),
        class: s.state.as_str(),
        tries: match s.failures {
            0 => String::new(),
            n => w.parcel_tries(n),
        },
        receiver: s.receiver.unwrap_or_default(),
        dossier: s.dossier,
        parcel: s.parcel,
        tracking: s.tracking,
        name: s.name,
        address: s.address,
        fetches: s.fetches,
    }
}

async fn render(
    app: &AppState,
    signed: &Signed,
    after: Option<ParcelPlace>,
    typed: &Typed,
    problem: String,
) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "post");
    let w = page.w;
    let round = app.office.round(&signed.actor, after).await?;
    let view = RoundPage {
        stops: round.stops.into_iter().map(|s| line(w, s, typed)).collect(),
        waiting: round.waiting.into_iter().map(|s| line(w, s, typed)).collect(),
        next: round
            .next
            .map_or_else(String::new, |(at, id, number)| format!("/chuyen-phat?sau={at}.{id}.{number}")),
        problem,
        page,
    };
    Ok(view.render()?)
}

async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(CLERKS)?;
    let after = read_place(&asked.sau);
    Ok(Html(render(&app, &signed, after, &Typed::default(), String::new()).await?))
}

/// Which parcel of the dossier.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Which {
    parcel: u32,
}

async fn answer(app: &AppState, signed: &Signed, typed: &Typed, done: Result<(), OfficeError>) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to("/chuyen-phat").into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotFound | Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ (OfficeError::Refused(_) | OfficeError::Paper(_))) => {
            let said = view::office_error(signed.visitor.words(), &e);
            Ok((
                WebError::from(e).status(),
                Html(render(app, signed, None, typed, said).await?),
            )
                .into_response())
        }
        Err(e) => Err(e.into()),
    }
}

async fn take(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(which): Form<Which>,
) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    let done = app.office.take_stop(&signed.actor, id, which.parcel).await;
    answer(&app, &signed, &Typed::default(), done).await
}

async fn raise(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(which): Form<Which>,
) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    let done = app.office.raise_stop(&signed.actor, id, which.parcel).await;
    answer(&app, &signed, &Typed::default(), done).await
}

async fn leave(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(which): Form<Which>,
) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    let done = app.office.leave_stop(&signed.actor, id, which.parcel).await;
    answer(&app, &signed, &Typed::default(), done).await
}

/// What happened at a stop, with its pictures.
async fn settle(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    request: axum::extract::Request,
) -> Result<Response, WebError> {
    // Nothing of a stranger's goes to disk.
    let signed = signed.only(CLERKS)?;
    let form = Multipart::from_request(request, &app)
        .await
        .map_err(|_| WebError::BadRequest)?;
    let (raw, files) = match upload::read(&app, form).await {
        // Broken off on the way: what was typed behind the picture never came.
        Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let max_mb = PICTURE_MAX / 1024 / 1024;
            let large = Err(PaperProblem::TooLarge { max_mb }.into());
            return answer(&app, &signed, &Typed::default(), large).await;
        }
        read => read?,
    };
    let parcel = raw.get("parcel").parse().map_err(|_| WebError::BadRequest)?;
    let typed = Typed {
        dossier: Some(id),
        parcel,
        outcome: raw.get("outcome").to_owned(),
        taken_by: raw.get("taken_by").to_owned(),
        other: !raw.get("other").is_empty(),
        id_last: raw.get("id_last").trim().to_owned(),
        reason: raw.get("reason").to_owned(),
    };
    let mut proof = Proof {
        taken_by: typed.taken_by.clone(),
        id_last: typed.id_last.clone(),
        ..Proof::default()
    };
    for (name, _, file) in files {
        let kept = match app.office.keep_picture(file).await {
            Ok(kept) => kept,
            Err(e) => return answer(&app, &signed, &typed, Err(e)).await,
        };
        match name.as_str() {
            "photo" => proof.photo = kept,
            "signature" => proof.signature = kept,
            _ => {}
        }
    }
    let outcome = match typed.outcome.as_str() {
        "out" => Outcome::Out,
        "delivered" => Outcome::Delivered,
        "held" => Outcome::Held,
        "back" => Outcome::Back,
        "returned" => Outcome::Returned,
        "failed" => Outcome::Failed,
        _ => return Err(WebError::BadRequest),
    };
    let office = signed.actor.agency.clone();
    let place = office.map_or_else(String::new, |a| agency_name(&app, &a, Lang::Vi));
    let visit = Visit {
        state: outcome.state(),
        place,
        reason: typed.reason.clone(),
        herself: !typed.other,
        code: raw.get("code").trim().to_owned(),
        collected: raw.get("collected").parse().unwrap_or(0),
        proof,
    };
    let done = app.office.visit(&signed.actor, id, parcel, visit).await.map(drop);
    answer(&app, &signed, &typed, done).await
}
