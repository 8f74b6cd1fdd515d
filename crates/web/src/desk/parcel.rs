//! `/ban/buu-gui` and `/ban/ho-so/ID/buu-gui`: results on their way home, papers on their way here, and what the post told
//! that does not fit.

use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::parcel::{Looks, ParcelView, parcels, problem, quote, read_place, state};
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, ParcelKind, Refusal, Status};
use motcua_model::id::DossierId;
use motcua_office::OfficeError;
use motcua_office::post::{ParcelLine, TypedAddress};
use serde::Deserialize;

struct Line {
    dossier: DossierId,
    code: String,
    tracking: String,
    kind: &'static str,
    state: &'static str,
    class: String,
    since: String,
}

#[derive(Template)]
#[template(path = "desk/parcel_list.html")]
struct ListPage {
    page: Page,
    open: bool,
    differing: Vec<Line>,
    lines: Vec<Line>,
    next: String,
}

/// What is asked for in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// `xong` for those at their end.
    loai: String,
    /// The page begins before this place.
    truoc: String,
}

pub async fn list(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    let page = Page::new(&signed.visitor, DESK);
    let w = page.w;
    let open = asked.loai != "xong";
    let found = app
        .office
        .agency_parcels(&signed.actor, open, read_place(&asked.truoc))
        .await?;
    let line = |l: ParcelLine| Line {
        dossier: l.dossier,
        code: l.code,
        tracking: l.tracking,
        kind: if l.kind == "deliver" {
            w.parcel_deliver()
        } else {
            w.parcel_collect()
        },
        state: state(w, &l.state),
        class: l.state,
        since: view::short(l.ordered_at),
    };
    let next = found.next.map_or_else(String::new, |(at, id, number)| {
        let kind = if open { "" } else { "&loai=xong" };
        format!("/ban/buu-gui?truoc={at}.{id}.{number}{kind}")
    });
    let view = ListPage {
        open,
        differing: found.differing.into_iter().map(line).collect(),
        lines: found.lines.into_iter().map(line).collect(),
        next,
        page,
    };
    Ok(Html(view.render()?))
}

#[derive(Template)]
#[template(path = "desk/parcel.html")]
struct ParcelPage {
    page: Page,
    d: Dossier,
    parcels: Vec<ParcelView>,
    /// Whether this officer may ask, call off and explain.
    acts: bool,
    can_send: bool,
    can_fetch: bool,
    quote: String,
    quote_problem: String,
    communes: Vec<(String, String, bool)>,
    typed: Typed,
    problem: String,
    said: &'static str,
}

/// What was typed.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    kind: String,
    commune: String,
    street: String,
    weight: String,
    parcel: u32,
    seq: u32,
    reason: String,
}

/// What the page says besides.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Said {
    da: String,
}

async fn render(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    typed: Typed,
    failed: String,
    asked_back: bool,
) -> Result<String, WebError> {
    let d = app.office.glance(&signed.actor, id).await?.dossier;
    let page = Page::new(&signed.visitor, DESK);
    let (w, lang) = (page.w, page.w.0);
    let acts = may_act(&signed.actor, &d);
    let under_way = |kind| d.parcels.iter().any(|p| p.order.kind == kind && p.is_open());
    let connected = app.office.sends_by_post();
    let can_send = acts && connected && d.status == Status::Approved && !under_way(ParcelKind::Deliver);
    let running = !d.status.is_final() && d.status != Status::Approved;
    let can_fetch = acts && connected && running && !under_way(ParcelKind::Collect);
    let offered = app.office.post_quote(&d);
    let registers = app.office.catalogue().registers();
    let district = |code: Option<&str>| {
        code.and_then(|c| registers.entry("districts", c))
            .map_or_else(String::new, |d| format!(", {}", d.name.get(lang)))
    };
    let communes = if can_send || can_fetch {
        registers
            .list("communes")
            .iter()
            .map(|c| {
                let name = format!("{}{}", c.name.get(lang), district(c.parent.as_deref()));
                (c.code.clone(), name, c.code == typed.commune)
            })
            .collect()
    } else {
        Vec::new()
    };
    let view = ParcelPage {
        parcels: parcels(w, &d, Looks::Officer),
        acts,
        can_send,
        can_fetch,
        quote: offered.as_ref().map_or_else(|_| String::new(), |q| quote(w, q)),
        quote_problem: offered.as_ref().err().map_or_else(String::new, |p| problem(w, p)),
        communes,
        typed,
        problem: failed,
        said: if asked_back { w.parcel_desk_asked_back() } else { "" },
        page,
        d,
    };
    Ok(view.render()?)
}

/// Whether an officer deals with the post for this dossier: it spares a press that would be refused.
fn may_act(actor: &Actor, d: &Dossier) -> bool {
    actor.role == Role::Receptionist && actor.agency.as_ref() == Some(&d.agency)
}

pub async fn show(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Query(said): Query<Said>,
) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    let html = render(&app, &signed, id, Typed::default(), String::new(), said.da == "hoan-ve").await?;
    Ok(Html(html))
}

/// Asks the post.
pub async fn send(app: State<AppState>, signed: Signed, id: Path<DossierId>, typed: Form<Typed>) -> Result<Response, WebError> {
    act(app, signed, id, Action::Send, typed).await
}

/// Calls a parcel off.
pub async fn cancel(app: State<AppState>, signed: Signed, id: Path<DossierId>, typed: Form<Typed>) -> Result<Response, WebError> {
    act(app, signed, id, Action::Cancel, typed).await
}

/// Asks a parcel back.
pub async fn bring_back(
    app: State<AppState>,
    signed: Signed,
    id: Path<DossierId>,
    typed: Form<Typed>,
) -> Result<Response, WebError> {
    act(app, signed, id, Action::BringBack, typed).await
}

/// Notes what a difference was.
pub async fn explain(
    app: State<AppState>,
    signed: Signed,
    id: Path<DossierId>,
    typed: Form<Typed>,
) -> Result<Response, WebError> {
    act(app, signed, id, Action::Explain, typed).await
}

#[derive(Clone, Copy)]
enum Action {
    Send,
    Cancel,
    BringBack,
    Explain,
}

async fn act(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    action: Action,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let w = signed.visitor.words();
    let (office, actor) = (&app.office, &signed.actor);
    let mut after = String::new();
    let done: Result<(), OfficeError> = match action {
        Action::Send => {
            let kind = if typed.kind == ParcelKind::Collect.as_str() {
                ParcelKind::Collect
            } else {
                ParcelKind::Deliver
            };
            let weight = match typed.weight.trim() {
                "" => None,
                grams => match grams.parse::<u32>().ok().filter(|g| *g > 0) {
                    Some(grams) => Some(grams),
                    None => {
                        let said = w.parcel_desk_bad_weight().to_owned();
                        let html = render(&app, &signed, id, typed, said, false).await?;
                        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
                    }
                },
            };
            let address = TypedAddress {
                commune: typed.commune.clone(),
                street: typed.street.clone(),
            };
            let address = (!address.commune.is_empty()).then_some(&address);
            office.send_parcel(actor, id, kind, address, weight).await.map(drop)
        }
        Action::Cancel => office
            .cancel_parcel(actor, id, typed.parcel, typed.reason.clone())
            .await
            .map(drop),
        Action::BringBack => {
            after.push_str("?da=hoan-ve");
            office.bring_back(actor, id, typed.parcel).await
        }
        Action::Explain => office
            .explain_difference(actor, id, typed.parcel, typed.seq, typed.reason.clone())
            .await
            .map(drop),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/ban/ho-so/{id}/buu-gui{after}")).into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotFound | Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ (OfficeError::Refused(_) | OfficeError::Post(_))) => {
            let said = view::office_error(w, &e);
            let html = render(&app, &signed, id, typed, said, false).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
