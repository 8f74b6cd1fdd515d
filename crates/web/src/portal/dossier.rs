//! `/ho-so/ID`: one request: where it is, who has it, what comes next, what the person has to do.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::opinion::{self, OpinionLine};
use crate::parcel::{Looks, ParcelView, parcels};
use crate::process::{ProcessView, picture};
use crate::session::Signed;
use crate::sign::SignatureLine;
use crate::talk::TalkLine;
use crate::term::TermView;
use crate::view::{self, Station};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::dossier::{Channel, Dossier, Level, ParcelKind, ReturnWay, Status};
use motcua_model::form::Section;
use motcua_model::id::{DossierId, FileHash};
use motcua_words::Words;
use serde::Deserialize;

/// What happened, as a line.
pub struct MomentLine {
    /// When.
    pub when: String,
    /// What.
    pub what: &'static str,
    /// Who; empty where it is not told.
    pub by: String,
    /// Note or reason.
    pub note: String,
}

/// Where a dossier stands, for everybody who may see it.
pub struct Standing {
    /// Stations.
    pub stations: Vec<Station>,
    /// Agency.
    pub agency: String,
    /// The service.
    pub service: String,
    /// State in words.
    pub status: &'static str,
    /// What comes next, in a sentence.
    pub next: String,
    /// By when.
    pub due: String,
    /// Other agencies that were asked, and what they answered.
    pub opinions: Vec<OpinionLine>,
    /// What happened, the latest first.
    pub moments: Vec<MomentLine>,
}

/// Makes [`Standing`]. Names of officers are told to the person herself, not to who only tracks.
pub fn standing(app: &AppState, w: Words, d: &Dossier, names: bool) -> Standing {
    let catalogue = app.office.catalogue();
    let (calendar, now) = (catalogue.calendar(), app.office.now());
    let deadline = |at| format!("{} ({})", view::moment(w, at), view::left(w, calendar, now, at));
    let (next, due) = match d.status {
        Status::Filed if pays_online(d) => (w.track_next_pay(view::money(w, d.fee_due())), String::new()),
        Status::Filed => (w.track_next_filed().to_owned(), deadline(d.acknowledge_by)),
        Status::Accepted | Status::InProcess(_) => {
            (w.track_next_in_process().to_owned(), d.due.map(deadline).unwrap_or_default())
        }
        Status::AwaitingSupplement { .. } => (w.track_next_supplement().to_owned(), String::new()),
        Status::AwaitingPayment { .. } => (crate::term::waiting(w, d), String::new()),
        Status::Approved if d.fee_due() > 0 => (w.track_next_pay_at_counter(view::money(w, d.fee_due())), String::new()),
        Status::Approved if d.awaits_signature().is_some() => {
            (w.sign_waits_owner().to_owned(), d.due.map(deadline).unwrap_or_default())
        }
        Status::Approved => (
            w.track_next_approved(view::way(w, d.return_way)),
            d.due.map(deadline).unwrap_or_default(),
        ),
        _ => (w.track_next_nothing().to_owned(), String::new()),
    };
    Standing {
        stations: view::stations(w, d),
        agency: catalogue
            .agency(&d.agency)
            .map_or_else(|| d.agency.0.clone(), |a| a.name.get(w.0).to_owned()),
        service: catalogue
            .service(&d.procedure)
            .map_or_else(|| d.procedure.0.clone(), |s| s.sheet.name.get(w.0).to_owned()),
        status: view::status(w, d.status.as_str()),
        next,
        due,
        opinions: opinion::lines(app, w, d, names),
        moments: d
            .moments
            .iter()
            .rev()
            .map(|m| MomentLine {
                when: view::moment(w, m.at),
                what: view::happened(w, d.channel, &m.kind),
                by: if names { m.by.clone() } else { String::new() },
                // What was refused or sent back with is told; a word between colleagues is not.
                note: if matches!(
                    m.kind.as_str(),
                    "refused"
                        | "stopped"
                        | "annulled"
                        | "opinions_asked"
                        | "payment_received"
                        | "fee_changed"
                        | "refund_rejected"
                        | "extended"
                        | "apologised"
                        | "payment_asked"
                        | "due_recomputed"
                        | "handed_over"
                        | "result_revoked"
                        | "result_replaced"
                ) {
                    m.note.clone()
                } else {
                    String::new()
                },
            })
            .collect(),
    }
}

/// Whether the person has to pay online before the dossier is accepted.
pub fn pays_online(d: &Dossier) -> bool {
    d.level == Level::Four && d.channel == Channel::Online && d.fee_due() > 0
}

#[derive(Template)]
#[template(path = "portal/dossier.html")]
struct DossierPage {
    page: Page,
    d: Dossier,
    /// For whom this is seen under a mandate; empty for the owner.
    behalf: String,
    standing: Standing,
    term: TermView,
    process: ProcessView,
    sections: Vec<Section>,
    papers: Vec<(String, String, FileHash)>,
    pay: String,
    supplement: bool,
    withdraw: bool,
    result: bool,
    revoked: String,
    signatures: Vec<SignatureLine>,
    receipt: bool,
    refused: bool,
    supplemented: bool,
    way: &'static str,
    payments: Vec<(String, &'static str, String)>,
    transfer: bool,
    back: Vec<String>,
    talk: Vec<TalkLine>,
    talks: bool,
    said: String,
    talk_problem: String,
    parcels: Vec<ParcelView>,
    can_fetch: bool,
    can_name: bool,
    receiver: String,
    parcel_problem: String,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    if signed.actor.role.is_officer() {
        return Ok(Redirect::to(&format!("/ban/ho-so/{id}")).into_response());
    }
    let d = app.office.my_dossier(&signed.actor, id).await?;
    if signed.actor.role == Role::PostClerk {
        return Ok(Redirect::to(&format!("/buu-dien/ho-so/{id}")).into_response());
    }
    Ok(Html(render(&app, &signed, d, String::new(), String::new()).await?).into_response())
}

/// Draws the person's page, with a message that was not sent and why.
pub(super) async fn render(
    app: &AppState,
    signed: &Signed,
    d: Dossier,
    said: String,
    talk_problem: String,
) -> Result<String, WebError> {
    render_with(app, signed, d, said, talk_problem, String::new()).await
}

/// The same, with what the post was not asked for and why.
pub(super) async fn render_with(
    app: &AppState,
    signed: &Signed,
    d: Dossier,
    said: String,
    talk_problem: String,
    parcel_problem: String,
) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "portal");
    let (w, lang) = (page.w, page.w.0);
    let procedure = app.office.catalogue().procedure(&d.procedure).ok_or(WebError::NotFound)?;
    let form = procedure.form_at(d.form_version);
    let running = d.owner == Some(signed.actor.account) && !d.status.is_final() && d.status != Status::Approved;
    let collecting = d.parcels.iter().any(|p| p.order.kind == ParcelKind::Collect && p.is_open());
    let view = DossierPage {
        behalf: super::mandate::banner(app, signed, &d).await?,
        standing: standing(app, w, &d, true),
        term: TermView::of(app, w, &d),
        process: picture(app, w, &procedure, Some(&d)),
        sections: form.display(&d.answers, app.office.catalogue().registers(), lang),
        papers: papers(&d, form, lang),
        pay: if pays_online(&d) && !d.status.is_final() {
            view::money(w, d.fee_due())
        } else {
            String::new()
        },
        supplement: d.open_supplement().is_some(),
        withdraw: d.owner == Some(signed.actor.account) && d.accepted_at.is_none() && !d.status.is_final(),
        result: d.returned.is_some() && d.result.is_some() && d.awaits_signature().is_none(),
        revoked: revoked(w, &d),
        signatures: d
            .result
            .as_ref()
            .map_or_else(Vec::new, |r| SignatureLine::all(w, &r.signatures)),
        receipt: !d.payments.is_empty(),
        refused: d.status == Status::Refused,
        supplemented: !d.supplements.is_empty(),
        way: view::way(w, d.return_way),
        payments: d
            .payments
            .iter()
            .map(|p| (view::money(w, p.amount), view::method(w, p.method), p.receipt.clone()))
            .collect(),
        transfer: app.office.takes_transfers(),
        back: d
            .refunds
            .iter()
            .map(|r| {
                let why = crate::money::words::reason(w, r.reason.as_str());
                let line = w.money_back_line(view::money(w, r.amount), why);
                format!("{line}. {}.", crate::money::words::state(w, r.state.as_str()))
            })
            .collect(),
        talk: app
            .office
            .talk(&signed.actor, &d)
            .await?
            .into_iter()
            .map(|s| TalkLine::new(w, s))
            .collect(),
        talks: d.owner == Some(signed.actor.account),
        said,
        talk_problem,
        parcels: parcels(w, &d, Looks::Herself),
        can_fetch: running && !collecting && app.office.sends_by_post(),
        can_name: !d.status.is_final() && d.return_way == ReturnWay::Post && app.office.sends_by_post(),
        receiver: d
            .receiver
            .as_ref()
            .map_or_else(String::new, |r| w.parcel_mine_receiver_now(&r.id_last, &r.name)),
        parcel_problem,
        page,
        d,
    };
    Ok(view.render()?)
}

/// That the result was taken back; empty when it was not.
fn revoked(w: Words, d: &Dossier) -> String {
    let taken_back = d.result.as_ref().and_then(|r| r.revoked.as_ref());
    taken_back.map_or_else(String::new, |r| w.sign_revoked(view::moment(w, r.at), &r.reason))
}

/// The papers of a dossier: what, file's name, content.
pub fn papers(d: &Dossier, form: &motcua_model::form::Form, lang: motcua_words::Lang) -> Vec<(String, String, FileHash)> {
    let label = |kind: &str| form.paper(kind).map_or(kind, |r| r.label.get(lang)).to_owned();
    d.papers.iter().map(|p| (label(&p.kind), p.name.clone(), p.hash)).collect()
}

#[derive(Deserialize, Default)]
pub struct Reason {
    #[serde(default)]
    reason: String,
}

pub async fn withdraw(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(f): Form<Reason>,
) -> Result<Redirect, WebError> {
    app.office.withdraw(&signed.actor, id, f.reason).await?;
    Ok(Redirect::to(&format!("/ho-so/{id}")))
}
